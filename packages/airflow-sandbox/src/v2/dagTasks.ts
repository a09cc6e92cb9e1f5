import { graphOf } from '../simulation/graph';
import { compareValues } from '../simulation/runSort';
import { badRequest, notFound } from './errors';
import { findDag } from './find';
import { V2Context, V2Route } from './route';
import { v2Task } from './serialize/task';

function tasks(context: V2Context) {
  const dag = findDag(context);
  const order = context.query.text('order_by') ?? 'task_id';
  const all = graphOf(dag).tasks.map(t =>
    v2Task(context.cluster.simulation, dag, t.task),
  );
  const [sample] = all;
  if (sample && !(order.replace(/^-/, '') in sample)) {
    throw badRequest(
      `'Operator' object has no attribute '${order.replace(/^-/, '')}'`,
    );
  }
  all.sort((a, b) => compareValues(a.task_id, b.task_id));
  if (order.startsWith('-')) all.reverse();
  return { tasks: all, total_entries: all.length };
}

function task(context: V2Context) {
  const dag = findDag(context);
  const found = graphOf(dag).byId.get(context.params.taskId);
  if (!found)
    throw notFound(`Task with id ${context.params.taskId} was not found`);
  return v2Task(context.cluster.simulation, dag, found.task);
}

export const dagTaskRoutes: V2Route[] = [
  { method: 'get', path: '/dags/:dagId/tasks', handle: tasks },
  { method: 'get', path: '/dags/:dagId/tasks/:taskId', handle: task },
];
