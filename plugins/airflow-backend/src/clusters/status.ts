import type {
  ClusterStatus,
  Collection,
  CollectionKind,
  ComponentHealth,
  Coverage,
  Problem,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** Says how a cluster is, from what was last read of it and how the readings went. */
export function clusterStatus(facts: {
  collections: readonly Collection[];
  components: readonly ComponentHealth[];
}): { status: ClusterStatus; problem: Problem | null } {
  throw new Error(`${facts}`);
}

/** Says how far to trust the stored facts of one kind about one cluster. */
export function coverageOf(facts: {
  cluster: string;
  kind: CollectionKind;
  collections: readonly Collection[];
  intervalMs: number;
  now: Date;
}): Coverage {
  throw new Error(`${facts}`);
}
