import { z } from 'zod';
import { findRun } from './find';
import { ApiError } from './errors';
import { readBody } from './body';
import { V2Context, V2Route } from './route';
import { v2Run } from './serialize/run';

const patchBody = z.strictObject({
  state: z.enum(['queued', 'success', 'failed']).nullish(),
  note: z.string().max(1000).nullish(),
});

function patchRun(context: V2Context) {
  const body = readBody(patchBody, context.body);
  const run = findRun(context);
  const { simulation, actions } = context.cluster;
  const mask = context.query.list('update_mask');
  const asked = (field: 'state' | 'note') =>
    body[field] !== undefined && (!mask || mask.includes(field));
  if (asked('state') && body.state) actions.markRun(run, body.state);
  if (asked('note')) actions.noteRun(run, body.note ?? null, context.user.name);
  actions.audit(
    'patch_dag_run',
    context.user.name,
    { dagId: run.dag.dagId, runId: run.runId },
    body,
  );
  return v2Run(simulation, simulation.facts(run));
}

function deleteRun(context: V2Context) {
  const run = findRun(context);
  if (run.state === 'running') {
    throw new ApiError(
      409,
      `The DagRun with dag_id: \`${run.dag.dagId}\` and run_id: \`${run.runId}\` cannot be deleted in running state`,
    );
  }
  context.cluster.actions.deleteRun(run, context.user.name);
  return undefined;
}

const RUN = '/dags/:dagId/dagRuns/:runId';

export const dagRunRoutes: V2Route[] = [
  { method: 'patch', path: RUN, handle: patchRun },
  { method: 'delete', path: RUN, handle: deleteRun },
];
