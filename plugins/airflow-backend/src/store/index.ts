export { AlertFactStore, type FactQuery } from './alerts/AlertFactStore';
export { type AlertFilter } from './alerts/alertFilter';
export { type PastAlerts } from './alerts/alertsForDecision';
export { AlertStore, type AlertSort } from './alerts/AlertStore';
export {
  ClusterStore,
  type SeenComponent,
  type StoredCluster,
} from './clusters/ClusterStore';
export {
  CollectionStore,
  type CollectionRecord,
} from './clusters/CollectionStore';
export { DagDocsStore } from './dags/DagDocsStore';
export {
  DagOwnerStore,
  type DecideOwner,
  type OwnedDag,
} from './owners/DagOwnerStore';
export { DagStore, type StoredDag } from './dags/DagStore';
export { ActionStore, startedRunKey } from './runs/ActionStore';
export { DeliveryQueue, type LeasedChannels } from './alerts/DeliveryQueue';
export {
  DeliveryStore,
  type DeliveryChange,
  type DeliveryFilter,
  type LastTogether,
} from './alerts/DeliveryStore';
export type {
  EarlierDelivery,
  LeasedDelivery,
  NewDelivery,
} from './alerts/deliveryRows';
export {
  FirstReadingStore,
  type FirstReading,
} from './clusters/FirstReadingStore';
export { HealthStore, type HealthSample } from './clusters/HealthStore';
export { ImportErrorStore } from './dags/ImportErrorStore';
export { MissingOwnerStore } from './owners/MissingOwnerStore';
export { dagKey, type DagName } from './runs/recentRuns';
export { ResourceStore } from './clusters/ResourceStore';
export { OverviewStore, type StoredOverview } from './runs/OverviewStore';
export { type LeftCluster } from './clusters/leftClusters';
export { OwnerClaimStore, type OwnerClaim } from './owners/OwnerClaimStore';
export { OwnerSettingStore } from './owners/OwnerSettingStore';
export {
  RunProgressStore,
  type RunProgress,
  type Sweep,
} from './clusters/RunProgressStore';
export { RunCheckStore, type DueWindow } from './runs/RunCheckStore';
export { RunStore, type RunName, type RunSort } from './runs/RunStore';
export { StatisticsStore, type Span } from './runs/StatisticsStore';
export { createStores, type Stores } from './stores';
export type {
  Criteria,
  DagFilter,
  PageRequest,
  ReadScope,
  RunFilter,
  StoredPage,
  Transaction,
} from './kit/types';
export { ZoneStore, type FoundZone } from './dags/ZoneStore';
