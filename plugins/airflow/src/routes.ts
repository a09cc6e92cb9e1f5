import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/**
 * Where the portal has mounted the plugin, `/airflow` unless configured otherwise; it shows the overview.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'airflow' });

/**
 * The page of all clusters.
 *
 * @public
 */
export const clustersRouteRef = createSubRouteRef({
  id: 'airflow/clusters',
  parent: rootRouteRef,
  path: '/clusters',
});
