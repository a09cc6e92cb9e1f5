import { z } from 'zod';
import { checkConf } from '../api/conf';
import { isRunId } from '../simulation/runIds';
import { awareInstant, readBody } from './body';
import { badRequest, databaseError, invalid, notFound } from './errors';
import { V2Context, V2Route } from './route';
import { v2Run } from './serialize/run';

const triggerFields = {
  dag_run_id: z.string().nullish(),
  data_interval_start: awareInstant.nullish(),
  data_interval_end: awareInstant.nullish(),
  logical_date: awareInstant.nullable(),
  run_after: awareInstant.nullish(),
  conf: z.record(z.string(), z.unknown()).nullish(),
  note: z.string().nullish(),
};
const triggerBody = z.strictObject(triggerFields);
const partitionedBody = z.strictObject({
  ...triggerFields,
  partition_key: z.string().nullish(),
});

type Trigger = z.infer<typeof partitionedBody>;

function readTrigger(context: V2Context): Trigger {
  const body: Trigger = context.cluster.simulation.isAtLeast('3.2')
    ? readBody(partitionedBody, context.body)
    : readBody(triggerBody, context.body);
  if (
    ((body.data_interval_start ?? null) === null) !==
    ((body.data_interval_end ?? null) === null)
  ) {
    throw invalid({
      type: 'value_error',
      loc: ['body'],
      msg: 'Value error, Either both data_interval_start and data_interval_end must be provided or both must be None',
    });
  }
  return body;
}

function trigger(context: V2Context) {
  const { simulation, actions } = context.cluster;
  const { dagId } = context.params;
  const body = readTrigger(context);
  const dag = simulation.dagBag.get(dagId);
  if (!dag || dag.stale)
    throw notFound(`Dag with dag_id: '${dagId}' not found`);
  if (dag.hasImportErrors) {
    throw badRequest(
      `Dag with dag_id: '${dagId}' has import errors and cannot be triggered`,
    );
  }
  const runId = body.dag_run_id ?? undefined;
  if (runId !== undefined && !isRunId(runId)) {
    throw badRequest(
      `The run_id provided '${runId}' does not match regex pattern '^[A-Za-z0-9_.~:+-]+$' or '^(?:manual|scheduled|asset_triggered)__'`,
    );
  }
  const conf = body.conf ?? {};
  const wrong = checkConf(dag, conf);
  if (wrong) throw badRequest(wrong);
  const { logical_date: logicalDate } = body;
  const taken =
    logicalDate !== null && simulation.hasLogicalDate(dag, logicalDate);
  if (taken || (runId !== undefined && simulation.findRef(dag, runId))) {
    throw databaseError(409, 'Unique constraint violation');
  }
  const run = actions.trigger(dag, {
    runId,
    logicalDate,
    runAfter: body.run_after ?? undefined,
    dataIntervalStart: body.data_interval_start,
    dataIntervalEnd: body.data_interval_end,
    conf,
    note: body.note ?? null,
    user: context.user.name,
    partitionKey: body.partition_key,
  });
  actions.audit(
    'trigger_dag_run',
    context.user.name,
    { dagId, runId: run.runId },
    body,
  );
  return v2Run(simulation, run);
}

export const triggerRoute: V2Route = {
  method: 'post',
  path: '/dags/:dagId/dagRuns',
  handle: trigger,
};
