import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Services } from '../services';
import type { EndpointRouter } from './endpoints';

/** What people do to runs and tasks, beside clearing them. */
export function serveRunActions(
  router: EndpointRouter,
  { humanInputs, marks, notes, removal }: Services,
): void {
  router.serve(
    airflowEndpoints.markRun,
    ({ params: { runId, ...dag }, body, ...caller }) =>
      marks.markRun(dag, runId, body, caller),
  );
  router.serve(
    airflowEndpoints.markTasks,
    ({ params: { runId, ...dag }, body, ...caller }) =>
      marks.markTasks(dag, runId, body, caller),
  );
  router.serve(
    airflowEndpoints.setRunNote,
    ({ params: { runId, ...dag }, body, ...caller }) =>
      notes.setRunNote(dag, runId, body.note, caller),
  );
  router.serve(
    airflowEndpoints.setTaskNote,
    ({ params: { cluster, ...names }, body: { note, mapIndex }, ...caller }) =>
      notes.setTaskNote(cluster, { ...names, mapIndex }, note, caller),
  );
  router.serve(
    airflowEndpoints.deleteRun,
    ({ params: { runId, ...dag }, body, ...caller }) =>
      done(removal.deleteRun(dag, runId, body.reason, caller)),
  );
  router.serve(
    airflowEndpoints.listHumanInputs,
    async ({ params: { runId, ...dag }, credentials }) => ({
      items: await humanInputs.list(dag, runId, credentials),
    }),
  );
  router.serve(
    airflowEndpoints.answerHumanInput,
    ({ params: { cluster, ...names }, body, ...caller }) => {
      const { mapIndex, ...answer } = body;
      const ref = { ...names, mapIndex };
      return done(humanInputs.answer(cluster, ref, answer, caller));
    },
  );
}

/** What people do to DAGs as a whole. */
export function serveDagActions(
  router: EndpointRouter,
  { backfills, removal }: Services,
): void {
  router.serve(airflowEndpoints.deleteDag, ({ params, body, ...caller }) =>
    done(removal.deleteDag(params, body, caller)),
  );
  router.serve(airflowEndpoints.reparseDag, ({ params, body, ...caller }) =>
    done(removal.reparse(params, body.reason, caller)),
  );
  router.serve(
    airflowEndpoints.listBackfills,
    async ({ params, credentials }) => ({
      items: await backfills.list(params, credentials),
    }),
  );
  router.serve(airflowEndpoints.createBackfill, ({ params, body, ...caller }) =>
    backfills.create(params, body, caller),
  );
  router.serve(
    airflowEndpoints.changeBackfill,
    ({ params: { backfillId, ...dag }, body, ...caller }) =>
      backfills.change(dag, backfillId, body, caller),
  );
}

/** The answer where there is no more to say than that it is done. */
async function done(deed: Promise<void>): Promise<Record<string, never>> {
  await deed;
  return {};
}
