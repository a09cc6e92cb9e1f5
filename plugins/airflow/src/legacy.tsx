/**
 * Pages for every Airflow cluster of a company, for the old frontend system.
 *
 * @packageDocumentation
 */
import {
  AIRFLOW_CLUSTER_SEARCH_TYPE,
  AIRFLOW_DAG_SEARCH_TYPE,
  readAirflowAnnotations,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Entity } from '@backstage/catalog-model';
import {
  createSearchResultListItemExtension,
  type SearchResultListItemExtensionProps,
} from '@backstage/plugin-search-react';
import type { JSX } from 'react';
import {
  alertApiRef,
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { AirflowClient, airflowApiRef } from './data/api';
import type { AirflowSearchResultProps } from './pages/SearchResult';
import {
  alertRouteRef,
  alertsRouteRef,
  clustersRouteRef,
  rootRouteRef,
} from './routes';

export { AirflowSidebarItem } from './features/sidebar';

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
      deps: {
        discoveryApi: discoveryApiRef,
        fetchApi: fetchApiRef,
        alertApi: alertApiRef,
      },
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
 * Every page of the plugin, for a `<Route path="/airflow">`; where that is another path, `airflow.links.path` names it too.
 *
 * @public
 */
export const AirflowPage: () => JSX.Element = airflowPlugin.provide(
  createRoutableExtension({
    name: 'AirflowPage',
    component: () => import('./pages/LegacyPage').then(m => m.LegacyPage),
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
      import('./pages/SearchResult').then(m => m.AirflowSearchResult),
    predicate: ({ type }) =>
      type === AIRFLOW_DAG_SEARCH_TYPE || type === AIRFLOW_CLUSTER_SEARCH_TYPE,
  }),
);

/**
 * What a search page of the old frontend system narrows DAGs and clusters by, where these alone are searched.
 *
 * @public
 */
export const AirflowSearchFilters: (props: {
  className?: string;
}) => JSX.Element | null = airflowPlugin.provide(
  createComponentExtension({
    name: 'AirflowSearchFilters',
    component: {
      lazy: () =>
        import('./pages/SearchResult').then(m => m.AirflowSearchFilters),
    },
  }),
);

/**
 * Whether the annotations of an entity say which DAGs are its own; for `<EntitySwitch.Case if={isAirflowAvailable}>`.
 *
 * @public
 */
export function isAirflowAvailable(entity: Entity): boolean {
  return readAirflowAnnotations(entity) !== null;
}

/**
 * The tab of an entity: its open alerts, its DAGs and how they ran; for an `<EntityLayout.Route>`.
 *
 * @public
 */
export const EntityAirflowContent: () => JSX.Element = airflowPlugin.provide(
  createComponentExtension({
    name: 'EntityAirflowContent',
    component: {
      lazy: () => import('./pages/entity').then(m => m.EntityAirflowContent),
    },
  }),
);

/**
 * Overview card of an entity: its DAGs with their last runs.
 *
 * @public
 */
export const EntityAirflowStatusCard: () => JSX.Element = airflowPlugin.provide(
  createComponentExtension({
    name: 'EntityAirflowStatusCard',
    component: {
      lazy: () => import('./pages/entity').then(m => m.EntityStatusCard),
    },
  }),
);

/**
 * Overview card of an entity: what is wrong with its DAGs.
 *
 * @public
 */
export const EntityAirflowAlertsCard: () => JSX.Element = airflowPlugin.provide(
  createComponentExtension({
    name: 'EntityAirflowAlertsCard',
    component: {
      lazy: () => import('./pages/entity').then(m => m.EntityAlertsCard),
    },
  }),
);

/**
 * Overview card of an entity: which of its DAGs run next.
 *
 * @public
 */
export const EntityAirflowNextRunsCard: () => JSX.Element =
  airflowPlugin.provide(
    createComponentExtension({
      name: 'EntityAirflowNextRunsCard',
      component: {
        lazy: () => import('./pages/entity').then(m => m.EntityNextRunsCard),
      },
    }),
  );

export type { AirflowSearchResultProps };
