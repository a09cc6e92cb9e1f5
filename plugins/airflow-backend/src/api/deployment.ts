import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Services } from '../services';
import type { EndpointRouter } from './endpoints';

export function serveDeployment(
  router: EndpointRouter,
  { deployment }: Services,
): void {
  router.serve(
    airflowEndpoints.listPools,
    async ({ params: { cluster }, credentials }) => ({
      items: await deployment.listPools(cluster, credentials),
    }),
  );
  router.serve(
    airflowEndpoints.listPackages,
    ({ params: { cluster }, credentials }) =>
      deployment.listPackages(cluster, credentials),
  );
  router.serve(
    airflowEndpoints.listActivity,
    ({ params: { cluster }, query, credentials }) =>
      deployment.listActivity(cluster, query, credentials),
  );
}
