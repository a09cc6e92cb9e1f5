export { ClusterStore, type StoredCluster } from './ClusterStore';
export { CollectionStore, type CollectionRecord } from './CollectionStore';
export { DagStore, type StoredDag } from './DagStore';
export { HealthStore, type HealthSample } from './HealthStore';
export { ImportErrorStore } from './ImportErrorStore';
export { OverviewStore, type StoredOverview } from './OverviewStore';
export { PromisedRunStore, type PromisedRun } from './PromisedRunStore';
export {
  RunProgressStore,
  type RunProgress,
  type Sweep,
} from './RunProgressStore';
export { RunStore, type RunName, type RunSort } from './RunStore';
export { createStores, type Stores } from './stores';
export type {
  DagFilter,
  PageRequest,
  ReadScope,
  RunFilter,
  StoredPage,
} from './types';
