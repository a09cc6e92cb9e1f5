/**
 * Pages for every Airflow cluster of a company, for the old frontend system.
 *
 * @packageDocumentation
 */
import { AIRFLOW_SEARCH_TYPE } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  createSearchResultListItemExtension,
  type SearchResultListItemExtensionProps,
} from '@backstage/plugin-search-react';
import type { JSX } from 'react';
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { AirflowClient, airflowApiRef } from './api';
import type { AirflowSearchResultProps } from './components/SearchResult';
import {
  alertRouteRef,
  alertsRouteRef,
  clustersRouteRef,
  rootRouteRef,
} from './routes';

export { AirflowSidebarItem } from './components/sidebar';

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
  routes: {
    root: rootRouteRef,
    alert: alertRouteRef,
    alerts: alertsRouteRef,
    clusters: clustersRouteRef,
  },
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

/**
 * DAGs and clusters among search results, for `<SearchResult>` of the old frontend system.
 *
 * @public
 */
export const AirflowSearchResultListItem: (
  props: SearchResultListItemExtensionProps<AirflowSearchResultProps>,
) => JSX.Element | null = airflowPlugin.provide(
  createSearchResultListItemExtension({
    name: 'AirflowSearchResultListItem',
    component: () =>
      import('./components/SearchResult').then(m => m.AirflowSearchResult),
    predicate: result => result.type === AIRFLOW_SEARCH_TYPE,
  }),
);
