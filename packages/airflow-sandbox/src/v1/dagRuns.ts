import { z } from 'zod';
import { RunFacts } from '../simulation/run';
import { readBody } from './body';
import { findRun, missingRun } from './find';
import { Problem, V1Context, V1Route } from './http';
import { v1Run } from './serialize';

function refreshed(context: V1Context, run: RunFacts) {
  return v1Run(context.cluster.simulation.facts(run));
}

const stateBody = z.strictObject({
  state: z.enum(['success', 'failed', 'queued']),
});

function patchRun(context: V1Context) {
  const run = findRun(context, missingRun);
  const { state } = readBody(stateBody, context.body);
  context.cluster.actions.markRun(run, state);
  context.cluster.actions.audit(
    'update_dag_run_state',
    context.user.name,
    { dagId: run.dag.dagId, runId: run.runId },
    { state },
  );
  return refreshed(context, run);
}

const noteBody = z.strictObject({ note: z.string().max(1000) });

function setNote(context: V1Context) {
  const run = findRun(context, missingRun);
  const { note } = readBody(noteBody, context.body);
  context.cluster.actions.noteRun(run, note, context.user.name);
  context.cluster.actions.audit('set_dag_run_note', context.user.name, {
    dagId: run.dag.dagId,
    runId: run.runId,
  });
  return refreshed(context, run);
}

function deleteRun(context: V1Context) {
  const run = findRun(
    context,
    (dagId, runId) =>
      new Problem(
        404,
        'Not Found',
        `DAGRun with DAG ID: '${dagId}' and DagRun ID: '${runId}' not found`,
      ),
  );
  context.cluster.actions.deleteRun(run, context.user.name);
  return undefined;
}

const RUN = '/dags/:dagId/dagRuns/:runId';

export const dagRunRoutes: V1Route[] = [
  { method: 'patch', path: RUN, handle: patchRun },
  { method: 'delete', path: RUN, status: 204, handle: deleteRun },
  { method: 'patch', path: `${RUN}/setNote`, handle: setNote },
];
