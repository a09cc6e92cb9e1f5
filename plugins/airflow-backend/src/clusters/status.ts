import type {
  ClusterStatus,
  Collection,
  CollectionKind,
  ComponentHealth,
  Coverage,
  Problem,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** A reading may be this many intervals late before what it brought counts as stale. */
const TOLERATED_INTERVALS = 3;

/** Says how a cluster is, from what was last read of it and how the readings went. */
export function clusterStatus(facts: {
  collections: readonly Collection[];
  components: readonly ComponentHealth[];
}): { status: ClusterStatus; problem: Problem | null } {
  const { collections, components } = facts;
  const health = collections.find(({ kind }) => kind === 'health');
  if (!health) return { status: 'unknown', problem: null };
  if (health.problem) return { status: 'unreachable', problem: health.problem };

  const unhealthy = components.filter(({ status }) => status === 'unhealthy');
  if (unhealthy.length > 0) {
    return { status: 'degraded', problem: componentProblem(unhealthy) };
  }
  const failed = collections.find(({ problem }) => problem !== null);
  return failed
    ? { status: 'degraded', problem: failed.problem }
    : { status: 'healthy', problem: null };
}

function componentProblem(unhealthy: readonly ComponentHealth[]): Problem {
  const parts = unhealthy.map(({ name, heartbeatAt }) => {
    const beat = heartbeatAt ? `last heartbeat ${heartbeatAt}` : 'no heartbeat';
    return `${name.replaceAll('_', ' ')} (${beat})`;
  });
  return {
    code: 'component-unhealthy',
    message: `Airflow itself calls unhealthy: ${parts.join(', ')}`,
    hint: 'Look whether the process runs and reaches its database; what it should do waits until then',
  };
}

/** Says how far to trust the stored facts of one kind about one cluster. */
export function coverageOf(facts: {
  cluster: string;
  kind: CollectionKind;
  collections: readonly Collection[];
  intervalMs: number;
  now: Date;
}): Coverage {
  const { cluster, kind, intervalMs, now } = facts;
  const last = facts.collections.find(own => own.kind === kind);
  if (!last?.lastSuccessAt) return { cluster, readAt: null, stale: true };
  const ageMs = now.getTime() - Date.parse(last.lastSuccessAt);
  return {
    cluster,
    readAt: last.lastSuccessAt,
    stale: last.problem !== null || ageMs > TOLERATED_INTERVALS * intervalMs,
  };
}
