import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Services } from '../services';
import type { EndpointRouter } from './endpoints';

export function serveClear(router: EndpointRouter, { clear }: Services): void {
  router.serve(
    airflowEndpoints.clearRun,
    ({ params: { cluster, ...run }, body, credentials, request }) =>
      clear.clear(cluster, run, body, credentials, request),
  );
}
