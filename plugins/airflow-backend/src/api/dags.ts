import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Services } from '../services';
import type { EndpointRouter } from './endpoints';

export function serveDags(
  router: EndpointRouter,
  { dags, owners, tasks }: Services,
): void {
  router.serve(airflowEndpoints.listDags, ({ query, credentials }) =>
    dags.list(query, credentials),
  );
  router.serve(airflowEndpoints.listDagFacets, ({ query, credentials }) =>
    dags.facets(query, credentials),
  );
  router.serve(airflowEndpoints.getDag, ({ params, credentials }) =>
    dags.get(params.cluster, params.dagId, credentials),
  );
  router.serve(airflowEndpoints.getDagDetails, ({ params, credentials }) =>
    dags.getDetails(params.cluster, params.dagId, credentials),
  );
  router.serve(
    airflowEndpoints.listTaskCounts,
    async ({ params: { cluster, dagId }, query, credentials }) => ({
      items: await tasks.countByRun(cluster, dagId, query.runId, credentials),
    }),
  );
  router.serve(
    airflowEndpoints.setDagPaused,
    ({ params: { cluster, dagId }, body, credentials, request }) =>
      dags.setPaused(cluster, dagId, body, credentials, request),
  );
  router.serve(
    airflowEndpoints.setDagOwner,
    ({ params: { cluster, dagId }, body, credentials, request }) =>
      owners.setOwner(cluster, dagId, body, credentials, request),
  );
}
