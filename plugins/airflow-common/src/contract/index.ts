import { alertEndpoints } from './alerts';
import { assetEndpoints } from './assets';
import { backfillEndpoints } from './backfills';
import { clearEndpoints } from './clear';
import { clusterEndpoints } from './clusters';
import { dagSourceEndpoints } from './dagSource';
import { dagEndpoints } from './dags';
import { deploymentEndpoints } from './deployment';
import { gridEndpoints } from './grid';
import { humanInputEndpoints } from './humanInput';
import { markEndpoints } from './marks';
import { noteEndpoints } from './notes';
import { overviewEndpoints } from './overview';
import { removalEndpoints } from './removal';
import { runEndpoints } from './runs';
import { searchEndpoints } from './search';
import { statisticsEndpoints } from './statistics';
import { taskEndpoints } from './tasks';

export * from './alerts';
export * from './assets';
export * from './backfills';
export * from './clear';
export * from './clusters';
export * from './dagSource';
export * from './dags';
export * from './deed';
export * from './deployment';
export * from './endpoint';
export * from './grid';
export * from './humanInput';
export * from './json';
export * from './marks';
export * from './needs';
export * from './notes';
export * from './overview';
export * from './query';
export * from './removal';
export * from './runs';
export * from './search';
export * from './statistics';
export * from './tasks';
export * from './unknownKeys';

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
  ...assetEndpoints,
  ...dagSourceEndpoints,
  ...deploymentEndpoints,
  ...statisticsEndpoints,
  ...searchEndpoints,
};
