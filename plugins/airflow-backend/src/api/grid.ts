import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Services } from '../services';
import type { EndpointRouter } from './endpoints';

export function serveGrid(router: EndpointRouter, { grid }: Services): void {
  router.serve(
    airflowEndpoints.getDagStructure,
    ({ params: { cluster, dagId }, credentials }) =>
      grid.structure(cluster, dagId, credentials),
  );
  router.serve(
    airflowEndpoints.listTaskSummaries,
    async ({ params: { cluster, dagId }, query, credentials }) => ({
      items: await grid.summarise(cluster, dagId, query.runId, credentials),
    }),
  );
}
