import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** @public */
export const rootRouteRef = createRouteRef({ id: 'airflow' });

/** @public */
export const clustersRouteRef = createSubRouteRef({
  id: 'airflow/clusters',
  parent: rootRouteRef,
  path: '/clusters',
});
