import { fileToken } from '../api/dagFields';
import { z } from 'zod';
import { dagSource } from '../api/dagSource';
import { DagDefinition } from '../fleet/types';
import { graphOf } from '../simulation/graph';
import { findDag } from './find';
import {
  badRequest,
  notFound,
  PAGE,
  Problem,
  V1Context,
  V1Route,
} from './http';
import { v1Dag, v1DagDetails, v1Task } from './serialize';

const patchBody = z.strictObject({ is_paused: z.boolean() });

function pick<T extends object>(value: T, fields: string[] | undefined) {
  if (!fields) return value;
  const entries = Object.entries(value);
  const unknown = fields.find(f => !entries.some(([k]) => k === f));
  if (unknown) throw badRequest(`'${unknown}'`, 'DAGSchema init error');
  return Object.fromEntries(entries.filter(([k]) => fields.includes(k)));
}

/** ILIKE '%text%'. */
export function contains(pattern: string): (value: string) => boolean {
  const source = pattern
    .split('')
    .map(c => {
      if (c === '%') return '.*';
      return c === '_' ? '.' : c.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  const regex = new RegExp(source, 'iu');
  return value => regex.test(value);
}

function selected(context: V1Context): DagDefinition[] {
  const { query, cluster } = context;
  const onlyActive = query.flag('only_active') ?? true;
  const paused =
    context.request.method === 'GET' ? query.flag('paused') : undefined;
  const tags = query.list('tags');
  const pattern = query.text('dag_id_pattern');
  const matches = pattern ? contains(pattern) : () => true;
  return cluster.simulation.dagBag
    .all()
    .filter(
      d =>
        !cluster.simulation.overlay.isEmptied &&
        (!onlyActive || !d.stale) &&
        (paused === undefined || cluster.simulation.isPaused(d) === paused) &&
        (!tags || tags.some(t => d.tags.includes(t))) &&
        matches(d.dagId),
    );
}

function listDags(context: V1Context) {
  const { query, cluster } = context;
  const { limit, offset } = query.page();
  const { descending } = query.order(['dag_id'], 'dag_id');
  const fields = query.list('fields');
  const found = selected(context);
  if (descending) found.reverse();
  return {
    dags: found
      .slice(offset, offset + limit)
      .map(d => pick(v1Dag(cluster.simulation, d), fields)),
    total_entries: found.length,
  };
}

function readPatch(context: V1Context): boolean {
  const mask = context.query.list('update_mask');
  if (mask && (mask.length > 1 || mask[0] !== 'is_paused')) {
    throw badRequest(
      'Only `is_paused` field can be updated through the REST API',
    );
  }
  const body = patchBody.safeParse(context.body);
  if (!body.success) {
    const [issue] = body.error.issues;
    throw issue.code === 'unrecognized_keys'
      ? badRequest(`{'${issue.keys[0]}': ['Unknown field.']}`)
      : new Problem(
          400,
          'Bad Request',
          `${issue.message} - '${issue.path.join('.')}'`,
          true,
        );
  }
  return body.data.is_paused;
}

function patchDag(context: V1Context) {
  const paused = readPatch(context);
  const { dagId } = context.params;
  const dag = context.cluster.simulation.dagBag.get(dagId);
  if (!dag) throw notFound(`Dag with id: '${dagId}' not found`);
  context.cluster.actions.setPaused(dag, paused, context.user.name);
  return v1Dag(context.cluster.simulation, dag);
}

function patchDags(context: V1Context) {
  const paused = readPatch(context);
  const { actions } = context.cluster;
  const pattern = context.query.text('dag_id_pattern');
  if (pattern === undefined) {
    throw new Problem(
      400,
      'Bad Request',
      "Missing query parameter 'dag_id_pattern'",
      true,
    );
  }
  const { limit, offset } = context.query.page();
  const found =
    pattern === '~'
      ? context.cluster.simulation.dagBag.all()
      : selected(context);
  found.forEach(d => actions.setPaused(d, paused, context.user.name));
  return {
    dags: found
      .slice(offset, offset + limit)
      .map(d => v1Dag(context.cluster.simulation, d)),
    total_entries: found.length,
  };
}

function deleteDag(context: V1Context) {
  const { simulation, runs, actions } = context.cluster;
  const { dagId } = context.params;
  const dag = simulation.dagBag.get(dagId);
  if (!dag) throw notFound(`Dag with id: '${dagId}' not found`);
  const running = runs.scan({ dags: [dag], states: new Set(['running']) });
  if (running.length > 0) {
    throw new Problem(
      409,
      'Conflict',
      `Task instances of dag with id: '${dagId}' are still running`,
    );
  }
  simulation.overlay.deleteDag(dagId, simulation.now());
  actions.audit('api.delete_dag', context.user.name, { dagId });
  return undefined;
}

function dagSources(context: V1Context) {
  const { simulation } = context.cluster;
  const dag = simulation.dagBag
    .all()
    .find(d => fileToken(simulation, d) === context.params.fileToken);
  if (!dag) throw notFound('Dag source not found');
  const content = dagSource(dag);
  const type = context.request.accepts(['text/plain', 'application/json']);
  if (type === 'application/json') return { content };
  if (!type) throw new Problem(406, 'Not Acceptable');
  context.response.type('text/plain').send(content);
  return context.response;
}

function tasks(context: V1Context) {
  const dag = context.cluster.simulation.dagBag.get(context.params.dagId);
  if (!dag) throw notFound('DAG not found');
  const order = context.query.text('order_by') ?? 'task_id';
  const { descending } = context.query.order(
    ['task_id', 'owner', 'pool', 'queue', 'start_date', 'trigger_rule'],
    order,
  );
  const all = graphOf(dag).tasks.map(t => v1Task(dag, t.task));
  all.sort((a, b) => (a.task_id < b.task_id ? -1 : 1));
  return { tasks: descending ? all.reverse() : all, total_entries: all.length };
}

function task(context: V1Context) {
  const dag = context.cluster.simulation.dagBag.get(context.params.dagId);
  if (!dag) throw notFound('DAG not found');
  const found = graphOf(dag).byId.get(context.params.taskId);
  if (!found) throw notFound('Task not found');
  return v1Task(dag, found.task);
}

export const dagRoutes: V1Route[] = [
  {
    method: 'get',
    path: '/dags',
    query: [
      ...PAGE,
      'order_by',
      'tags',
      'only_active',
      'paused',
      'fields',
      'dag_id_pattern',
    ],
    handle: listDags,
  },
  {
    method: 'patch',
    path: '/dags',
    query: [...PAGE, 'tags', 'update_mask', 'only_active', 'dag_id_pattern'],
    handle: patchDags,
  },
  {
    method: 'get',
    path: '/dags/:dagId',
    query: ['fields'],
    handle: c =>
      pick(v1Dag(c.cluster.simulation, findDag(c)), c.query.list('fields')),
  },
  {
    method: 'get',
    path: '/dags/:dagId/details',
    query: ['fields'],
    handle: c =>
      pick(
        v1DagDetails(c.cluster.simulation, findDag(c)),
        c.query.list('fields'),
      ),
  },
  {
    method: 'patch',
    path: '/dags/:dagId',
    query: ['update_mask'],
    handle: patchDag,
  },
  { method: 'delete', path: '/dags/:dagId', status: 204, handle: deleteDag },
  {
    method: 'get',
    path: '/dags/:dagId/tasks',
    query: ['order_by'],
    handle: tasks,
  },
  { method: 'get', path: '/dags/:dagId/tasks/:taskId', handle: task },
  { method: 'get', path: '/dagSources/:fileToken', handle: dagSources },
  {
    method: 'put',
    path: '/parseDagFile/:fileToken',
    handle: c => {
      const { simulation } = c.cluster;
      const known = simulation.dagBag
        .all()
        .some(d => fileToken(simulation, d) === c.params.fileToken);
      if (!known) throw notFound('File not found');
      c.response.status(201).type('text/html').send('');
      return c.response;
    },
  },
];
