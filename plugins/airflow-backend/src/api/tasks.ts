import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Services } from '../services';
import type { EndpointRouter } from './endpoints';

export function serveTasks(
  router: EndpointRouter,
  { tasks, taskDetails, taskErrors }: Services,
): void {
  router.serve(
    airflowEndpoints.getTaskFacts,
    ({ params: { cluster, ...names }, query, credentials }) =>
      taskDetails.facts(cluster, { ...names, ...query }, credentials),
  );
  router.serve(
    airflowEndpoints.listWaitReasons,
    ({ params: { cluster, ...names }, query, credentials }) =>
      taskDetails.waitReasons(cluster, { ...names, ...query }, credentials),
  );
  router.serve(
    airflowEndpoints.getTaskError,
    ({ params: { cluster, ...names }, query, credentials }) => {
      const { mapIndex, try: tryNumber } = query;
      const ref = { ...names, mapIndex, tryNumber };
      return taskErrors.read(cluster, ref, credentials);
    },
  );
  router.serve(
    airflowEndpoints.listMappedInstances,
    ({ params: { cluster, ...names }, query, credentials }) =>
      tasks.listMapped(cluster, names, query, credentials),
  );
  router.serve(
    airflowEndpoints.listXComs,
    ({ params: { cluster, ...names }, query, credentials }) =>
      taskDetails.xcoms(cluster, { ...names, ...query }, credentials),
  );
  router.serve(
    airflowEndpoints.getXCom,
    ({ params: { cluster, ...names }, query, credentials }) => {
      const { mapIndex, key } = query;
      const ref = { ...names, mapIndex };
      return taskDetails.xcom(cluster, ref, key, credentials);
    },
  );
  router.serve(
    airflowEndpoints.listRenderedFields,
    ({ params: { cluster, ...names }, query, credentials }) =>
      taskDetails.rendered(cluster, { ...names, ...query }, credentials),
  );
}
