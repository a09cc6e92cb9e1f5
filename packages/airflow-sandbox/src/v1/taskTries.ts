import { pageOf } from '../api/paging';
import { RunFacts } from '../simulation/run';
import { TaskFacts } from '../simulation/taskFacts';
import { findTask } from './find';
import { notFound, PAGE, V1Context, V1Route } from './http';
import { v1TaskInstance, v1Try } from './serialize';

/** Earlier tries and, unless it will be tried again, the present one. */
function triesOf(task: TaskFacts) {
  const ended = task.attempts.filter(a => a.endAt <= Number.MAX_SAFE_INTEGER);
  return task.state === 'up_for_retry' ? ended : task.attempts;
}

function listTries(context: V1Context) {
  const { run, task } = findTask(context);
  const all = triesOf(task).map(a => tryAt(context, run, task, a.tryNumber));
  if (all.length === 0) all.push(tryAt(context, run, task, task.tryNumber));
  return {
    task_instances: pageOf(context.query, all),
    total_entries: all.length,
  };
}

/** The present try shows the present state; earlier ones how they ended. */
function tryAt(
  context: V1Context,
  run: RunFacts,
  task: TaskFacts,
  tryNumber: number,
) {
  const attempt = task.attempts.find(a => a.tryNumber === tryNumber);
  const current = tryNumber === task.tryNumber && task.state !== 'up_for_retry';
  if (!attempt || current) {
    const {
      note: _n,
      rendered_fields: _r,
      rendered_map_index: _i,
      sla_miss: _s,
      trigger: _t,
      triggerer_job: _j,
      execution_date: _e,
      ...rest
    } = v1TaskInstance(run, task);
    return rest;
  }
  return v1Try(run, task, {
    ...attempt,
    endAt: Math.min(attempt.endAt, context.cluster.simulation.now()),
  });
}

function oneTry(context: V1Context) {
  const { run, task } = findTask(context);
  const tryNumber = Number(context.params.tryNumber);
  if (
    tryNumber !== task.tryNumber &&
    !task.attempts.some(a => a.tryNumber === tryNumber)
  ) {
    throw notFound(
      'Task instance not found',
      `The Task Instance with dag_id: \`${run.dag.dagId}\`, run_id: \`${run.runId}\`, task_id: \`${context.params.taskId}\`, try_number: \`${tryNumber}\` and map_index: \`${task.mapIndex}\` was not found`,
    );
  }
  return tryAt(context, run, task, tryNumber);
}

const TASK = '/dags/:dagId/dagRuns/:runId/taskInstances/:taskId';

export const taskTryRoutes: V1Route[] = [TASK, `${TASK}/:mapIndex`].flatMap(
  (path): V1Route[] => [
    {
      method: 'get',
      path: `${path}/tries`,
      query: [...PAGE, 'order_by'],
      handle: listTries,
    },
    { method: 'get', path: `${path}/tries/:tryNumber(\\d+)`, handle: oneTry },
  ],
);
