export { ClusterStore, type StoredCluster } from './ClusterStore';
export { CollectionStore } from './CollectionStore';
export { DagStore, type StoredDag } from './DagStore';
export { HealthStore, type HealthSample } from './HealthStore';
export { ImportErrorStore } from './ImportErrorStore';
export { OverviewStore, type StoredOverview } from './OverviewStore';
export { RunStore, type RunSort } from './RunStore';
export { createStores, type Stores } from './stores';
export type {
  DagFilter,
  PageRequest,
  ReadScope,
  RunFilter,
  StoredPage,
} from './types';
