import { alertEndpoints } from './alerts';
import { backfillEndpoints } from './backfills';
import { clearEndpoints } from './clear';
import { clusterEndpoints } from './clusters';
import { dagEndpoints } from './dags';
import { humanInputEndpoints } from './humanInput';
import { markEndpoints } from './marks';
import { noteEndpoints } from './notes';
import { gridEndpoints } from './grid';
import { overviewEndpoints } from './overview';
import { removalEndpoints } from './removal';
import { runEndpoints } from './runs';
import { searchEndpoints } from './search';
import { taskEndpoints } from './tasks';

export * from './alerts';
export * from './backfills';
export * from './clear';
export * from './clusters';
export * from './dags';
export * from './deed';
export * from './endpoint';
export * from './humanInput';
export * from './marks';
export * from './notes';
export * from './grid';
export * from './overview';
export * from './query';
export * from './removal';
export * from './runs';
export * from './search';
export * from './tasks';

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
  ...gridEndpoints,
  ...taskEndpoints,
  ...clearEndpoints,
  ...markEndpoints,
  ...noteEndpoints,
  ...removalEndpoints,
  ...backfillEndpoints,
  ...humanInputEndpoints,
  ...alertEndpoints,
  ...searchEndpoints,
};
