import { readAirflowPath } from '@airflow-fleet/backstage-plugin-airflow-common';
import { alertApiRef } from '@backstage/core-plugin-api';
import {
  ApiBlueprint,
  configApiRef,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiWindyLine } from '@remixicon/react';
import { AirflowClient, airflowApiRef } from './data/api';
import { entityExtensions } from './entity';
import {
  alertRouteRef,
  alertsRouteRef,
  clustersRouteRef,
  rootRouteRef,
} from './routes';
import { searchExtensions } from './search';

const airflowApi = ApiBlueprint.make({
  params: define =>
    define({
      api: airflowApiRef,
      deps: {
        discoveryApi: discoveryApiRef,
        fetchApi: fetchApiRef,
        alertApi: alertApiRef,
      },
      factory: deps => new AirflowClient(deps),
    }),
});

const airflowPage = PageBlueprint.makeWithOverrides({
  factory(originalFactory, { apis }) {
    const config = apis.get(configApiRef);
    return originalFactory({
      path: config ? readAirflowPath(config) : '/airflow',
      title: 'Airflow',
      icon: <RiWindyLine />,
      routeRef: rootRouteRef,
      // Each page has a head of its own, which names it.
      noHeader: true,
      loader: async () => {
        const { AirflowRouter } = await import('./pages/AirflowRouter');
        return (
          <main>
            <AirflowRouter />
          </main>
        );
      },
    });
  },
});

/**
 * The plugin for the new frontend system.
 *
 * @public
 */
export const airflowPlugin = createFrontendPlugin({
  pluginId: 'airflow',
  title: 'Airflow',
  icon: <RiWindyLine />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: rootRouteRef,
    alert: alertRouteRef,
    alerts: alertsRouteRef,
    clusters: clustersRouteRef,
  },
  extensions: [
    airflowApi,
    airflowPage,
    ...searchExtensions,
    ...entityExtensions,
  ],
});
