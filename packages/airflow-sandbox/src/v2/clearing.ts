import { z } from 'zod';
import { relatives, selectionOf } from '../api/taskSelection';
import { rangeThrough } from '../simulation/range';
import { RunFacts } from '../simulation/run';
import { TaskRow, tasksNow } from '../simulation/taskQuery';
import { findDag, findRun } from './find';
import { ApiError, badRequest, notFound } from './errors';
import { awareInstant, readBody } from './body';
import { V2Context, V2Route } from './route';
import { v2Run } from './serialize/run';
import { v2TaskInstance, v2TaskInstances } from './serialize/taskInstance';

const clearRunFields = {
  dry_run: z.boolean().default(true),
  only_failed: z.boolean().default(false),
  run_on_latest_version: z.boolean().nullish(),
};
const clearRunBody = z.strictObject({
  ...clearRunFields,
  only_new: z.boolean().default(false),
  note: z.string().max(1000).nullish(),
});

function readClearRun(context: V2Context): z.infer<typeof clearRunBody> {
  return context.cluster.simulation.isAtLeast('3.3')
    ? readBody(clearRunBody, context.body)
    : {
        ...readBody(z.strictObject(clearRunFields), context.body),
        only_new: false,
      };
}

function clearRun(context: V2Context) {
  const { simulation, actions } = context.cluster;
  const body = readClearRun(context);
  const run = findRun(context);
  const tasks = actions.selectTasks(run, {
    upstream: false,
    downstream: false,
    onlyFailed: body.only_failed,
    onlyRunning: false,
  });
  if (body.dry_run) {
    const cleared = body.only_new ? [] : tasks;
    return {
      task_instances: cleared.map(t => v2TaskInstance(simulation, run, t)),
      total_entries: cleared.length,
    };
  }
  if (!body.only_new) actions.clear(run, tasks, true);
  if (typeof body.note === 'string')
    actions.noteRun(run, body.note, context.user.name);
  actions.audit(
    'clear_dag_run',
    context.user.name,
    { dagId: run.dag.dagId, runId: run.runId },
    body,
  );
  return v2Run(simulation, simulation.facts(run));
}

const clearTasksFields = {
  dry_run: z.boolean().default(true),
  start_date: awareInstant.nullish(),
  end_date: awareInstant.nullish(),
  only_failed: z.boolean().default(true),
  only_running: z.boolean().default(false),
  reset_dag_runs: z.boolean().default(true),
  task_ids: z
    .array(z.union([z.string(), z.tuple([z.string(), z.int()])]))
    .nullish(),
  dag_run_id: z.string().nullish(),
  ...relatives,
  run_on_latest_version: z.boolean().nullish(),
};
const clearTasksBody = z.strictObject({
  ...clearTasksFields,
  prevent_running_task: z.boolean().default(false),
  note: z.string().max(1000).nullish(),
});

function readClearTasks(context: V2Context): z.infer<typeof clearTasksBody> {
  if (context.cluster.simulation.isAtLeast('3.3'))
    return readBody(clearTasksBody, context.body);
  const body = readBody(z.strictObject(clearTasksFields), context.body);
  return { ...body, prevent_running_task: false };
}

function clearRuns(
  context: V2Context,
  body: z.infer<typeof clearTasksBody>,
): RunFacts[] {
  const { simulation, runs } = context.cluster;
  const { dagId } = context.params;
  const dag = findDag(context);
  let from = body.start_date ?? undefined;
  let to = body.end_date ?? undefined;
  const anyDate = body.include_past || body.include_future;
  if (typeof body.dag_run_id === 'string') {
    const run = simulation.findRun(dag, body.dag_run_id);
    if (!run)
      throw notFound(`Dag Run id ${body.dag_run_id} not found in dag ${dagId}`);
    if (!anyDate) return [run];
    if (run.logicalDate === null) {
      throw badRequest(
        'Cannot use include_past or include_future with no logical_date(e.g. manually or asset-triggered).',
      );
    }
    from = run.logicalDate;
    to = run.logicalDate;
  }
  return runs.scan({
    dags: [dag],
    logicalDate: rangeThrough(
      body.include_past ? undefined : from,
      body.include_future ? undefined : to,
    ),
  });
}

function clearTasks(context: V2Context) {
  const body = readClearTasks(context);
  const { simulation, actions } = context.cluster;
  const rows: TaskRow[] = [];
  for (const run of clearRuns(context, body)) {
    const tasks = actions.selectTasks(run, selectionOf(body));
    const running = tasks.find(t => t.state === 'running');
    if (!body.dry_run && body.prevent_running_task && running) {
      throw new ApiError(
        409,
        `AirflowClearRunningTaskException: Task ${running.planned.task.taskId} is running, stopping attempt to clear.`,
      );
    }
    if (body.dry_run) {
      rows.push(...tasks.map(task => ({ run, task })));
      continue;
    }
    actions.clear(run, tasks, body.reset_dag_runs);
    if (typeof body.note === 'string')
      tasks.forEach(t => actions.noteTask(run, t, body.note ?? null));
    rows.push(...tasksNow(simulation, run, tasks));
  }
  if (!body.dry_run) {
    actions.audit(
      'post_clear_task_instances',
      context.user.name,
      { dagId: context.params.dagId },
      body,
    );
  }
  return {
    task_instances: v2TaskInstances(simulation, rows),
    total_entries: rows.length,
  };
}

export const clearingRoutes: V2Route[] = [
  {
    method: 'post',
    path: '/dags/:dagId/dagRuns/:runId/clear',
    handle: clearRun,
  },
  {
    method: 'post',
    path: '/dags/:dagId/clearTaskInstances',
    handle: clearTasks,
  },
];
