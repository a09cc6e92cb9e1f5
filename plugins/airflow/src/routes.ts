import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/**
 * Where the portal has mounted the plugin, `/airflow` unless `airflow.links.path` says otherwise; it shows the overview.
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

/**
 * The page of open alerts.
 *
 * @public
 */
export const alertsRouteRef = createSubRouteRef({
  id: 'airflow/alerts',
  parent: rootRouteRef,
  path: '/alerts',
});

/**
 * The page of one alert.
 *
 * @public
 */
export const alertRouteRef = createSubRouteRef({
  id: 'airflow/alert',
  parent: rootRouteRef,
  path: '/alerts/:alertId',
});
