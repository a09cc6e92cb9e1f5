/**
 * Pages for every Airflow cluster of a company, for the old frontend system.
 *
 * @packageDocumentation
 */
import type { JSX } from 'react';
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { AirflowClient, airflowApiRef } from './api';
import { clustersRouteRef, rootRouteRef } from './routes';

/**
 * The plugin for the old frontend system.
 *
 * @public
 */
export const airflowPlugin = createPlugin({
  id: 'airflow',
  apis: [
    createApiFactory({
      api: airflowApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new AirflowClient(deps),
    }),
  ],
  routes: { root: rootRouteRef, clusters: clustersRouteRef },
});

/**
 * Every page of the plugin, for a `<Route path="/airflow">`.
 *
 * @public
 */
export const AirflowPage: () => JSX.Element = airflowPlugin.provide(
  createRoutableExtension({
    name: 'AirflowPage',
    component: () => import('./components/LegacyPage').then(m => m.LegacyPage),
    mountPoint: rootRouteRef,
  }),
);
