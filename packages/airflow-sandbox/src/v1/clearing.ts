import { z } from 'zod';
import { relatives, selectionOf } from '../api/taskSelection';
import { rangeThrough } from '../simulation/range';
import { isoInstant, readBody } from './body';
import { findRun, missingRun } from './find';
import { badRequest, notFound, V1Context, V1Route } from './http';
import { v1Reference, v1Run } from './serialize';

const clearRunBody = z.strictObject({ dry_run: z.boolean().default(true) });

function clearRun(context: V1Context) {
  const run = findRun(context, missingRun);
  const body = readBody(clearRunBody, context.body);
  const { simulation, actions } = context.cluster;
  const all = [...simulation.taskInstances(run)];
  if (body.dry_run) {
    return { task_instances: all.map(t => v1Reference(run, t)) };
  }
  actions.clear(run, all, true);
  actions.audit('clear_dag_run', context.user.name, {
    dagId: run.dag.dagId,
    runId: run.runId,
  });
  return v1Run(simulation.facts(run));
}

const clearTasksBody = z.strictObject({
  dry_run: z.boolean().default(true),
  task_ids: z.array(z.string()).min(1).optional(),
  start_date: isoInstant.nullish(),
  end_date: isoInstant.nullish(),
  only_failed: z.boolean().default(true),
  only_running: z.boolean().default(false),
  include_subdags: z.boolean().default(false),
  include_parentdag: z.boolean().default(false),
  reset_dag_runs: z.boolean().default(false),
  ...relatives,
  dag_run_id: z.string().nullish(),
});

function clearTasks(context: V1Context) {
  const body = readBody(clearTasksBody, context.body);
  const { simulation, actions, runs } = context.cluster;
  const { dagId } = context.params;
  const dag = simulation.dagBag.get(dagId);
  if (!dag) throw notFound(`Dag id ${dagId} not found`);
  if (body.only_failed && body.only_running) {
    throw badRequest(
      `{'_schema': ['only_failed and only_running both are set to True']}`,
    );
  }
  let from = body.start_date ?? undefined;
  let to = body.end_date ?? undefined;
  if (typeof body.dag_run_id === 'string') {
    const run = simulation.findRun(dag, body.dag_run_id);
    if (!run)
      throw notFound(`Dag Run id ${body.dag_run_id} not found in dag ${dagId}`);
    from = run.logicalDate ?? run.runAfter;
    to = from;
  }
  if (body.include_past) from = undefined;
  if (body.include_future) to = undefined;
  const references: object[] = [];
  for (const run of runs.scan({
    dags: [dag],
    logicalDate: rangeThrough(from, to),
  })) {
    const tasks = actions.selectTasks(run, selectionOf(body));
    if (!body.dry_run) actions.clear(run, tasks, body.reset_dag_runs);
    references.push(...tasks.map(t => v1Reference(run, t)));
  }
  if (!body.dry_run)
    actions.audit(
      'post_clear_task_instances',
      context.user.name,
      { dagId },
      body,
    );
  return { task_instances: references };
}

export const clearingRoutes: V1Route[] = [
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
