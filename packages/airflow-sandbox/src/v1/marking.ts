import { z } from 'zod';
import { graphOf } from '../simulation/graph';
import { MarkedTaskState } from '../simulation/overlay';
import { rangeThrough } from '../simulation/range';
import { RunFacts } from '../simulation/run';
import { TaskFacts } from '../simulation/taskFacts';
import { isoInstant, readBody } from './body';
import { mapIndexOf } from './find';
import { notFound, V1Context, V1Route } from './http';
import { v1Reference } from './serialize';

const markState = z.enum(['success', 'failed', 'skipped']);
const patchBody = z.strictObject({
  dry_run: z.boolean().default(true),
  new_state: markState,
});

function markTask(context: V1Context) {
  const body = readBody(patchBody, context.body);
  const { dagId, runId, taskId } = context.params;
  const { simulation } = context.cluster;
  const dag = simulation.dagBag.get(dagId);
  if (!dag) throw notFound('DAG not found', `DAG '${dagId}' not found`);
  const planned = graphOf(dag).byId.get(taskId);
  if (!planned)
    throw notFound(
      'Task not found',
      `Task '${taskId}' not found in DAG '${dagId}'`,
    );
  const run = simulation.findRun(dag, runId);
  const task =
    run && simulation.taskInstance(run, planned, mapIndexOf(context));
  if (!run || !task) {
    throw notFound(
      'Not Found',
      `Task instance not found for task '${taskId}' on DAG run with ID '${runId}'`,
    );
  }
  if (!body.dry_run) mark(context, run, [task], body.new_state);
  return v1Reference(run, task);
}

function mark(
  context: V1Context,
  run: RunFacts,
  tasks: TaskFacts[],
  state: MarkedTaskState,
) {
  context.cluster.actions.markTasks(run, tasks, state);
  context.cluster.actions.audit(
    'patch_task_instance',
    context.user.name,
    {
      dagId: run.dag.dagId,
      runId: run.runId,
      taskId: tasks[0]?.planned.task.taskId,
    },
    { new_state: state },
  );
}

const updateBody = z.strictObject({
  dry_run: z.boolean().default(true),
  task_id: z.string(),
  execution_date: isoInstant.optional(),
  dag_run_id: z.string().optional(),
  include_upstream: z.boolean(),
  include_downstream: z.boolean(),
  include_future: z.boolean(),
  include_past: z.boolean(),
  new_state: markState,
});

function updateStates(context: V1Context) {
  const body = readBody(updateBody, context.body);
  const { simulation, actions, runs } = context.cluster;
  const { dagId } = context.params;
  const dag = simulation.dagBag.get(dagId);
  if (!dag) throw notFound(`Dag ID ${dagId} not found`);
  if (!graphOf(dag).byId.has(body.task_id))
    throw notFound(`Task ID ${body.task_id} not found`);
  const { execution_date: date } = body;
  const isMapped = graphOf(dag).byId.get(body.task_id)?.task.mapped;
  const run =
    body.dag_run_id !== undefined
      ? simulation.findRun(dag, body.dag_run_id)
      : runs.scan({ dags: [dag], logicalDate: rangeThrough(date, date) })[0];
  // It looks for the instance without an index, which a mapped task has not.
  if (!run || isMapped) {
    throw notFound(
      'Not Found',
      `Task instance not found for task '${body.task_id}' on DAG run with ID '${body.dag_run_id}'`,
    );
  }
  const tasks = actions.tasksToMark(
    run,
    {
      taskIds: [body.task_id],
      upstream: body.include_upstream,
      downstream: body.include_downstream,
    },
    body.new_state,
  );
  if (!body.dry_run) mark(context, run, tasks, body.new_state);
  return { task_instances: tasks.map(t => v1Reference(run, t)) };
}

const TASK = '/dags/:dagId/dagRuns/:runId/taskInstances/:taskId';

export const markingRoutes: V1Route[] = [
  {
    method: 'post',
    path: '/dags/:dagId/updateTaskInstancesState',
    handle: updateStates,
  },
  { method: 'patch', path: TASK, handle: markTask },
  { method: 'patch', path: `${TASK}/:mapIndex(-?\\d+)`, handle: markTask },
];
