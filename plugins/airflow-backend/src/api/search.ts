import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Services } from '../services';
import type { EndpointRouter } from './endpoints';

export function serveSearch(
  router: EndpointRouter,
  { search }: Services,
): void {
  router.serve(airflowEndpoints.listDagDocuments, ({ query, credentials }) =>
    search.documents(query, credentials),
  );
}
