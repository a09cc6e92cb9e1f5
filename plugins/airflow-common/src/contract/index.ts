/**
 * The HTTP contract of Airflow Fleet, for what serves it and what calls it.
 *
 * @packageDocumentation
 */
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
export * from './reasons';
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
export {
  activitySchema,
  alertAcknowledgementSchema,
  alertEventSchema,
  alertExplanationSchema,
  alertFailureSchema,
  alertFlappingSchema,
  alertResolutionSchema,
  alertRuleSchema,
  alertRuleTypeSchema,
  alertSchema,
  alertStatusSchema,
  alertSubjectSchema,
  assetEventSchema,
  assetSchema,
  clusterSchema,
  collectionSchema,
  componentHealthSchema,
  dagDetailsSchema,
  dagListItemSchema,
  dagRunDetailsSchema,
  dagRunSchema,
  dagRunStateSchema,
  dagRunTypeSchema,
  dagSchema,
  dagStructureSchema,
  dagVersionSchema,
  dagZoneSchema,
  deliverySchema,
  importErrorSchema,
  instantSchema,
  logEntrySchema,
  ownerRefSchema,
  ownershipSchema,
  pluginSchema,
  poolSchema,
  presenceSchema,
  problemResponseSchema,
  problemSchema,
  providerSchema,
  scheduleKindSchema,
  scheduleSchema,
  severitySchema,
  taskInstanceSchema,
  taskStateSchema,
  taskTrySchema,
  type Schema,
} from './schemas';
export * from './search';
export * from './statistics';
export * from './tasks';
export * from './unknownKeys';

/**
 * The endpoints of every resource.
 *
 * @public
 */
export type AirflowEndpoints = typeof overviewEndpoints &
  typeof clusterEndpoints &
  typeof dagEndpoints &
  typeof runEndpoints &
  typeof gridEndpoints &
  typeof taskEndpoints &
  typeof clearEndpoints &
  typeof markEndpoints &
  typeof noteEndpoints &
  typeof removalEndpoints &
  typeof backfillEndpoints &
  typeof humanInputEndpoints &
  typeof alertEndpoints &
  typeof assetEndpoints &
  typeof dagSourceEndpoints &
  typeof deploymentEndpoints &
  typeof statisticsEndpoints &
  typeof searchEndpoints;

/**
 * Every endpoint of the portal's Airflow API, under `/api/airflow`.
 *
 * @public
 */
export const airflowEndpoints: AirflowEndpoints = {
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
