import {
  airflowPaths,
  type AirflowPaths,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../../routes';

/** Links between the pages, wherever the portal has mounted the plugin. */
export function useAirflowPaths(): AirflowPaths {
  return airflowPaths(useRouteRef(rootRouteRef)());
}
