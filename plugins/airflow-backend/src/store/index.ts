export { AlertFactStore, type FactQuery } from './AlertFactStore';
export { type AlertFilter } from './alertFilter';
export { type PastAlerts } from './alertsForDecision';
export { AlertStore, type AlertSort } from './AlertStore';
export {
  ClusterStore,
  type SeenComponent,
  type StoredCluster,
} from './ClusterStore';
export { CollectionStore, type CollectionRecord } from './CollectionStore';
export { DagDocsStore } from './DagDocsStore';
export {
  DagOwnerStore,
  type DecideOwner,
  type OwnedDag,
} from './DagOwnerStore';
export { DagStore, type StoredDag } from './DagStore';
export { DeedStore, startedRunKey } from './DeedStore';
export { DeliveryQueue, type LeasedChannels } from './DeliveryQueue';
export {
  DeliveryStore,
  type DeliveryChange,
  type DeliveryFilter,
  type LastTogether,
} from './DeliveryStore';
export type {
  EarlierDelivery,
  LeasedDelivery,
  NewDelivery,
} from './deliveryRows';
export { FirstReadingStore, type FirstReading } from './FirstReadingStore';
export { HealthStore, type HealthSample } from './HealthStore';
export { ImportErrorStore } from './ImportErrorStore';
export { MissingOwnerStore } from './MissingOwnerStore';
export { dagKey, type DagName } from './recentRuns';
export { ResourceStore } from './ResourceStore';
export { OverviewStore, type StoredOverview } from './OverviewStore';
export { type LeftCluster } from './leftClusters';
export { OwnerClaimStore, type OwnerClaim } from './OwnerClaimStore';
export { OwnerSettingStore } from './OwnerSettingStore';
export {
  RunProgressStore,
  type RunProgress,
  type Sweep,
} from './RunProgressStore';
export {
  RunStore,
  type DueWindow,
  type RunName,
  type RunSort,
} from './RunStore';
export { StatisticsStore, type Span } from './StatisticsStore';
export { createStores, type Stores } from './stores';
export type {
  Criteria,
  DagFilter,
  PageRequest,
  ReadScope,
  RunFilter,
  StoredPage,
  Transaction,
} from './types';
export { ZoneStore, type FoundZone } from './ZoneStore';
