import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Services } from '../services';
import type { EndpointRouter } from './endpoints';

export function serveOverview(
  router: EndpointRouter,
  { overview }: Services,
): void {
  router.serve(airflowEndpoints.getOverview, ({ query, credentials }) =>
    overview.get(query, credentials),
  );
}
