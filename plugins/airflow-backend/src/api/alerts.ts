import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Services } from '../services';
import type { EndpointRouter } from './endpoints';

export function serveAlerts(
  router: EndpointRouter,
  { alerts, deliveries }: Services,
): void {
  router.serve(airflowEndpoints.listAlerts, ({ query, credentials }) =>
    alerts.list(query, credentials),
  );
  router.serve(airflowEndpoints.listAlertFacets, ({ query, credentials }) =>
    alerts.facets(query, credentials),
  );
  router.serve(
    airflowEndpoints.acknowledgeAlerts,
    async ({ body, credentials, request }) => ({
      items: await alerts.acknowledge(body, credentials, request),
    }),
  );
  router.serve(
    airflowEndpoints.resolveAlerts,
    async ({ body, credentials, request }) => ({
      items: await alerts.resolve(body, credentials, request),
    }),
  );
  router.serve(airflowEndpoints.getAlert, ({ params, credentials }) =>
    alerts.get(params.alertId, credentials),
  );
  router.serve(airflowEndpoints.listAlertRules, async ({ credentials }) => ({
    items: await alerts.rules(credentials),
  }));
  router.serve(airflowEndpoints.listDeliveries, ({ query, credentials }) =>
    deliveries.list(query, credentials),
  );
  router.serve(
    airflowEndpoints.resendDelivery,
    ({ params, credentials, request }) =>
      deliveries.resend(params.deliveryId, credentials, request),
  );
}
