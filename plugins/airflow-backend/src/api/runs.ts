import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Services } from '../services';
import type { EndpointRouter } from './endpoints';
import { endsOf, skip } from './logEnds';
import { writeLog } from './logStream';

export function serveRuns(
  router: EndpointRouter,
  { runs, tasks }: Services,
): void {
  router.serve(airflowEndpoints.listRuns, ({ query, credentials }) =>
    runs.list(query, credentials),
  );
  router.serve(
    airflowEndpoints.getRun,
    ({ params: { cluster, dagId, runId }, credentials }) =>
      runs.get(cluster, dagId, runId, credentials),
  );
  router.serve(
    airflowEndpoints.triggerDag,
    ({ params: { cluster, dagId }, body, credentials, request }) =>
      runs.trigger(cluster, dagId, body, credentials, request),
  );
  router.serve(
    airflowEndpoints.listTaskInstances,
    ({ params: { cluster, dagId, runId }, credentials }) =>
      tasks.list(cluster, dagId, runId, credentials),
  );
  router.serve(
    airflowEndpoints.listTaskTries,
    ({ params: { cluster, ...names }, query: { mapIndex }, credentials }) =>
      tasks.listTries(cluster, { ...names, mapIndex }, credentials),
  );
  router.route(
    airflowEndpoints.streamTaskLog,
    async (
      { params: { cluster, ...names }, query, credentials, gone },
      response,
    ) => {
      const { mapIndex, try: tryNumber, format, after, ends } = query;
      const ref = { ...names, mapIndex, tryNumber };
      const log = await tasks.log(cluster, ref, credentials);
      const rest = skip(log, after);
      const shown = ends === undefined ? rest : endsOf(rest, ends);
      await writeLog(shown, format, response, gone);
    },
  );
}
