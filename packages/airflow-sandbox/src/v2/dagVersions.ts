import { dagSource, versionsOf } from '../api/dagSource';
import { invalid, notFound } from './errors';
import { findDag } from './find';
import { V2Context, V2Route } from './route';
import { v2DagVersion } from './serialize/dagVersion';

function source(context: V2Context) {
  const { dagId } = context.params;
  const version = context.query.integer('version_number');
  const dag = context.cluster.simulation.dagBag.get(dagId);
  const wanted = version ?? (dag ? versionsOf(dag) : 0);
  if (!dag || wanted < 1 || wanted > versionsOf(dag)) {
    throw notFound(
      `The source code of the Dag ${dagId}, version_number ${
        version ?? 'None'
      } was not found`,
    );
  }
  const content = dagSource(dag, wanted);
  if (
    context.request.accepts(['application/json', 'text/plain']) === 'text/plain'
  ) {
    context.response.type('text/plain').send(content);
    return context.response;
  }
  return {
    content,
    dag_id: dagId,
    version_number: wanted,
    ...(context.cluster.simulation.isAtLeast('3.1')
      ? { dag_display_name: dag.displayName }
      : {}),
  };
}

function versions(context: V2Context) {
  const { simulation } = context.cluster;
  const dag = findDag(
    context,
    `The DAG with dag_id: \`${context.params.dagId}\` was not found`,
  );
  const { limit, offset } = context.query.page();
  const number = context.query.integer('version_number');
  const { descending } = context.query.order(
    ['id', 'version_number', 'bundle_name', 'bundle_version'],
    'id',
  );
  const numbers = Array.from({ length: versionsOf(dag) }, (_, i) => i + 1);
  const all = numbers
    .filter(one => number === undefined || one === number)
    .map(one => v2DagVersion(simulation, dag, one));
  if (descending) all.reverse();
  return {
    dag_versions: all.slice(offset, offset + limit),
    total_entries: all.length,
  };
}

function oneVersion(context: V2Context) {
  const { dagId, version } = context.params;
  const dag = context.cluster.simulation.dagBag.get(dagId);
  if (!dag || Number(version) < 1 || Number(version) > versionsOf(dag)) {
    throw notFound(
      `The DagVersion with dag_id: \`${dagId}\` and version_number: \`${version}\` was not found`,
    );
  }
  return v2DagVersion(context.cluster.simulation, dag, Number(version));
}

export const dagVersionRoutes: V2Route[] = [
  { method: 'get', path: '/dags/:dagId/dagVersions', handle: versions },
  {
    method: 'get',
    path: '/dags/:dagId/dagVersions/:version',
    handle: c => {
      if (!/^\d+$/.test(c.params.version)) {
        throw invalid({
          type: 'int_parsing',
          loc: ['path', 'version_number'],
          msg: 'Input should be a valid integer, unable to parse string as an integer',
          input: c.params.version,
        });
      }
      return oneVersion(c);
    },
  },
  { method: 'get', path: '/dagSources/:dagId', handle: source },
];
