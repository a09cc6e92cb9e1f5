import { findTask, FoundTask, pathIndex, queryIndex } from './find';
import { notFound } from './errors';
import { V2Context, V2Route } from './route';
import { v2TaskInstance, v2Try } from './serialize/taskInstance';

/** Earlier tries as they ended, and the present one as it is. */
function triesOf(context: V2Context, { run, task }: FoundTask) {
  const { simulation } = context.cluster;
  const now = simulation.now();
  const waiting = task.state === 'up_for_retry';
  const past = task.attempts
    .filter(a => waiting || a.tryNumber !== task.tryNumber)
    .map(a =>
      v2Try(simulation, run, task, { ...a, endAt: Math.min(a.endAt, now) }),
    );
  if (waiting) return past;
  const {
    id: _id,
    logical_date: _l,
    run_after: _r,
    note: _n,
    rendered_map_index: _i,
    rendered_fields: _f,
    trigger: _t,
    triggerer_job: _j,
    ...present
  } = v2TaskInstance(simulation, run, task);
  return [...past, present];
}

function listTries(context: V2Context, found: FoundTask) {
  const all = triesOf(context, found);
  return { task_instances: all, total_entries: all.length };
}

function oneTry(context: V2Context, found: FoundTask) {
  const tryNumber = Number(context.params.tryNumber);
  const one = triesOf(context, found).find(t => t.try_number === tryNumber);
  if (one) return one;
  const { dagId, runId, taskId } = context.params;
  throw notFound(
    `The Task Instance with dag_id: \`${dagId}\`, run_id: \`${runId}\`, task_id: \`${taskId}\`, try_number: \`${tryNumber}\` and map_index: \`${found.task.mapIndex}\` was not found`,
  );
}

const TASK = '/dags/:dagId/dagRuns/:runId/taskInstances/:taskId';
const ONE = `${TASK}/:mapIndex`;
const NUMBER = ':tryNumber(\\d+)';

export const taskTryRoutes: V2Route[] = [
  {
    method: 'get',
    path: `${TASK}/tries`,
    handle: c => listTries(c, findTask(c, queryIndex(c))),
  },
  {
    method: 'get',
    path: `${TASK}/tries/${NUMBER}`,
    handle: c => oneTry(c, findTask(c, queryIndex(c))),
  },
  {
    method: 'get',
    path: `${ONE}/tries`,
    handle: c => listTries(c, findTask(c, pathIndex(c))),
  },
  {
    method: 'get',
    path: `${ONE}/tries/${NUMBER}`,
    handle: c => oneTry(c, findTask(c, pathIndex(c))),
  },
];
