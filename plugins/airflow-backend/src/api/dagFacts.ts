import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Services } from '../services';
import type { EndpointRouter } from './endpoints';

/** The code of a DAG, its data, and how it does over time. */
export function serveDagFacts(
  router: EndpointRouter,
  { assets, sources, statistics }: Services,
): void {
  router.serve(
    airflowEndpoints.getDagSource,
    ({ params: { cluster, dagId }, query, credentials }) =>
      sources.get(cluster, dagId, query.version, credentials),
  );
  router.serve(
    airflowEndpoints.listDagVersions,
    async ({ params: { cluster, dagId }, credentials }) => ({
      items: await sources.listVersions(cluster, dagId, credentials),
    }),
  );
  router.serve(
    airflowEndpoints.listDagAssets,
    async ({ params: { cluster, dagId }, credentials }) => ({
      items: await assets.ofDag(cluster, dagId, credentials),
    }),
  );
  router.serve(
    airflowEndpoints.listAssetEvents,
    async ({ params: { cluster, dagId, assetId }, credentials }) => ({
      items: await assets.listEvents(cluster, dagId, assetId, credentials),
    }),
  );
  router.serve(
    airflowEndpoints.getRunStatistics,
    ({ params: { cluster, dagId }, credentials }) =>
      statistics.runs(cluster, dagId, credentials),
  );
  router.serve(
    airflowEndpoints.getTaskStatistics,
    ({ params: { cluster, dagId }, query, credentials }) =>
      statistics.tasksOf(cluster, dagId, query.days, credentials),
  );
  router.serve(
    airflowEndpoints.getCalendar,
    ({ params: { cluster, dagId }, query, credentials }) =>
      statistics.calendar(cluster, dagId, query, credentials),
  );
}
