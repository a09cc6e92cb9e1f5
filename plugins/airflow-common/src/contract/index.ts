import { alertEndpoints } from './alerts';
import { clusterEndpoints } from './clusters';
import { dagEndpoints } from './dags';
import { overviewEndpoints } from './overview';
import { runEndpoints } from './runs';

export * from './alerts';
export * from './clusters';
export * from './dags';
export * from './endpoint';
export * from './overview';
export * from './query';
export * from './runs';

/**
 * Every endpoint of the portal's Airflow API, under `/api/airflow`.
 *
 * @public
 */
export const airflowEndpoints = {
  ...overviewEndpoints,
  ...clusterEndpoints,
  ...dagEndpoints,
  ...runEndpoints,
  ...alertEndpoints,
};
