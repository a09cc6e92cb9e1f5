import { alertEndpoints } from './alerts';
import { clearEndpoints } from './clear';
import { clusterEndpoints } from './clusters';
import { dagEndpoints } from './dags';
import { overviewEndpoints } from './overview';
import { runEndpoints } from './runs';
import { searchEndpoints } from './search';

export * from './alerts';
export * from './clear';
export * from './clusters';
export * from './dags';
export * from './endpoint';
export * from './overview';
export * from './query';
export * from './runs';
export * from './search';

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
  ...clearEndpoints,
  ...alertEndpoints,
  ...searchEndpoints,
};
