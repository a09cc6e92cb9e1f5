import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Services } from '../services';
import type { EndpointRouter } from './endpoints';

export function serveClusters(
  router: EndpointRouter,
  { clusters }: Services,
): void {
  router.serve(airflowEndpoints.listClusters, async ({ credentials }) => ({
    items: await clusters.list(credentials),
  }));
  router.serve(airflowEndpoints.getCluster, ({ params, credentials }) =>
    clusters.get(params.cluster, credentials),
  );
  router.serve(airflowEndpoints.testCluster, ({ params, credentials }) =>
    clusters.test(params.cluster, credentials),
  );
  router.serve(
    airflowEndpoints.refreshCluster,
    ({ params, body, credentials }) =>
      clusters.refresh(params.cluster, body?.kinds, credentials),
  );
  router.serve(airflowEndpoints.listImportErrors, ({ query, credentials }) =>
    clusters.listImportErrors(query, credentials),
  );
}
