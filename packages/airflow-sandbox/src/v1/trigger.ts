import { z } from 'zod';
import { checkConf } from '../api/conf';
import { DagDefinition } from '../fleet/types';
import { ClusterSimulation } from '../simulation/cluster';
import { isRunId } from '../simulation/runIds';
import { instant, readBody } from './body';
import { badRequest, notFound, Problem, V1Context, V1Route } from './http';
import { v1Run } from './serialize';

const triggerBody = z.strictObject({
  dag_run_id: z.string().optional(),
  logical_date: instant.optional(),
  execution_date: instant.optional(),
  data_interval_start: instant.nullish(),
  data_interval_end: instant.nullish(),
  conf: z.record(z.string(), z.unknown()).optional(),
  note: z.string().nullish(),
});

/** No two runs of a DAG share an id, or a logical date that was asked for. */
function refuseDuplicate(
  simulation: ClusterSimulation,
  dag: DagDefinition,
  body: z.infer<typeof triggerBody>,
  logicalDate: number,
): void {
  const { dag_run_id: runId } = body;
  const explicit =
    body.logical_date !== undefined || body.execution_date !== undefined;
  if (explicit && simulation.hasLogicalDate(dag, logicalDate)) {
    const at = new Date(logicalDate)
      .toISOString()
      .replace('T', ' ')
      .replace(/(\.000)?Z$/, '+00:00');
    throw new Problem(
      409,
      'Conflict',
      `DAGRun with DAG ID: '${dag.dagId}' and DAGRun logical date: '${at}' already exists`,
    );
  }
  if (runId !== undefined && simulation.findRef(dag, runId)) {
    throw new Problem(
      409,
      'Conflict',
      `DAGRun with DAG ID: '${dag.dagId}' and DAGRun ID: '${runId}' already exists`,
    );
  }
}

function trigger(context: V1Context) {
  const { simulation, actions } = context.cluster;
  const { dagId } = context.params;
  const dag = simulation.dagBag.get(dagId);
  if (!dag || dag.stale) {
    throw notFound('DAG not found', `DAG with dag_id: '${dagId}' not found`);
  }
  if (dag.hasImportErrors) {
    throw badRequest(
      `DAG with dag_id: '${dagId}' has import errors`,
      'DAG cannot be triggered',
    );
  }
  const body = readBody(triggerBody, context.body);
  const logicalDate =
    body.logical_date ?? body.execution_date ?? simulation.now();
  const runId = body.dag_run_id;
  // The real server only notices when it renders its own answer.
  if (runId !== undefined && !isRunId(runId)) {
    throw new Error(
      `The run_id provided '${runId}' does not match the configured pattern`,
    );
  }
  refuseDuplicate(simulation, dag, body, logicalDate);
  const conf = body.conf ?? {};
  const wrong = checkConf(dag, conf);
  if (wrong) throw badRequest(wrong);
  const run = actions.trigger(dag, {
    runId,
    logicalDate,
    dataIntervalStart: body.data_interval_start,
    dataIntervalEnd: body.data_interval_end,
    conf,
    note: body.note ?? null,
    user: context.user.name,
  });
  actions.audit(
    'post_dag_run',
    context.user.name,
    { dagId, runId: run.runId },
    body,
  );
  return v1Run(run);
}

export const triggerRoute: V1Route = {
  method: 'post',
  path: '/dags/:dagId/dagRuns',
  handle: trigger,
};
