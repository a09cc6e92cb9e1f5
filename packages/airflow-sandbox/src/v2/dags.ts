import { fileToken } from '../api/dagFields';
import { readPatch } from './dagPatch';
import { ApiError, notFound } from './errors';
import { findDag } from './find';
import { V2Context, V2Route } from './route';
import { v2Dag, v2DagDetails } from './serialize/dag';

function patchDag(context: V2Context) {
  const paused = readPatch(context);
  const dag = findDag(
    context,
    `Dag with id: ${context.params.dagId} was not found`,
  );
  context.cluster.actions.setPaused(dag, paused, context.user.name);
  return v2Dag(context.cluster.simulation, dag);
}

function deleteDag(context: V2Context) {
  const { simulation, runs, actions } = context.cluster;
  const { dagId } = context.params;
  const dag = findDag(context, `Dag with id: ${dagId} was not found`);
  if (runs.scan({ dags: [dag], states: new Set(['running']) }).length > 0) {
    throw new ApiError(
      409,
      `Task instances of dag with id: '${dagId}' are still running`,
    );
  }
  simulation.overlay.deleteDag(dagId, simulation.now());
  actions.audit('delete_dag', context.user.name, { dagId });
  return undefined;
}

function details(context: V2Context) {
  const dag = findDag(context);
  const { simulation, runs } = context.cluster;
  const active = runs.scan({
    dags: [dag],
    states: new Set(['running', 'queued']),
  });
  return v2DagDetails(simulation, dag, active.length);
}

function setFavorite(context: V2Context, add: boolean) {
  const dag = findDag(
    context,
    `Dag with id '${context.params.dagId}' not found`,
  );
  const { favorites } = context.cluster.simulation.overlay;
  if (!add && !favorites.has(dag.dagId))
    throw new ApiError(409, 'Dag is not marked as favorite');
  if (add) favorites.add(dag.dagId);
  else favorites.delete(dag.dagId);
  return undefined;
}

function reparse(context: V2Context) {
  const { simulation } = context.cluster;
  const known = simulation.dagBag
    .all()
    .some(d => fileToken(simulation, d) === context.params.fileToken);
  if (!known) throw notFound('File not found');
  context.response.status(201).json(null);
  return context.response;
}

export const dagRoutes: V2Route[] = [
  {
    method: 'get',
    path: '/dags/:dagId',
    handle: c => v2Dag(c.cluster.simulation, findDag(c)),
  },
  { method: 'patch', path: '/dags/:dagId', handle: patchDag },
  { method: 'delete', path: '/dags/:dagId', handle: deleteDag },
  { method: 'get', path: '/dags/:dagId/details', handle: details },
  {
    method: 'post',
    path: '/dags/:dagId/favorite',
    since: '3.1',
    reads: true,
    handle: c => setFavorite(c, true),
  },
  {
    method: 'post',
    path: '/dags/:dagId/unfavorite',
    since: '3.1',
    reads: true,
    handle: c => setFavorite(c, false),
  },
  { method: 'put', path: '/parseDagFile/:fileToken', handle: reparse },
];
