import {
  clockApart,
  type ClusterClock,
  type ClusterStatus,
  type Collection,
  type CollectionKind,
  type ComponentHealth,
  type Instant,
  type KnownComponent,
  type Problem,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Coverage } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { CLOCK_BOUND_MS } from '../model/clockBound';

/** A reading may be this many intervals late before what it brought counts as stale. */
const TOLERATED_INTERVALS = 3;

/** Says how a cluster is, from what was last read of it and how the readings went. */
export function clusterStatus(facts: {
  collections: readonly Collection[];
  components: readonly ComponentHealth[];
  clock: ClusterClock | null;
  /** When health was last read, and whether that is too long ago. */
  health: Pick<Coverage, 'readAt' | 'stale'>;
}): { status: ClusterStatus; problem: Problem | null } {
  const { collections, components, clock } = facts;
  const health = collections.find(({ kind }) => kind === 'health');
  if (!health) return { status: 'unknown', problem: null };
  if (health.problem) return { status: 'unreachable', problem: health.problem };
  if (facts.health.stale) {
    return { status: 'unknown', problem: overdueProblem(facts.health.readAt) };
  }

  const unhealthy = components.filter(({ status }) => status === 'unhealthy');
  if (unhealthy.length > 0) {
    return { status: 'degraded', problem: componentProblem(unhealthy) };
  }
  const silent = components.filter(
    ({ status, heartbeatAt }) => status === 'unknown' && heartbeatAt !== null,
  );
  if (silent.length > 0) {
    return { status: 'degraded', problem: silenceProblem(silent) };
  }
  const failed = collections.find(({ problem }) => problem !== null);
  if (failed) return { status: 'degraded', problem: failed.problem };
  return clock && Math.abs(clock.offsetMs) > CLOCK_BOUND_MS
    ? { status: 'degraded', problem: clockProblem(clock) }
    : { status: 'healthy', problem: null };
}

function overdueProblem(readAt: Instant | null): Problem {
  return {
    code: 'overdue',
    message: readAt
      ? `Its health was last read at ${readAt}, and not again since`
      : 'Its health was never read to its end',
    hint: "Look whether the portal's backend runs and its scheduler makes the readings",
  };
}

/** Components as they can be said to be now: what cannot be read is never called healthy. */
export function knownComponents(
  components: readonly ComponentHealth[],
  health: Pick<Coverage, 'readAt' | 'stale'>,
): KnownComponent[] {
  const { readAt, stale } = health;
  if (!stale) return [...components];
  return components.map(component => ({
    ...component,
    status: 'unknown',
    ...(readAt && { lastSeen: { status: component.status, readAt } }),
  }));
}

function clockProblem(clock: ClusterClock): Problem {
  return {
    code: 'clock-apart',
    message: `Its clock is ${clockApart(clock)} the portal's`,
    hint: 'Have its hosts, or those of the portal, set their clocks by NTP; until then the portal reckons in its time',
  };
}

/** As after a clock was set back: see `collectors/heartbeats.ts`. */
function silenceProblem(silent: readonly ComponentHealth[]): Problem {
  return {
    code: 'component-unhealthy',
    message: `Nobody can tell whether these live: ${withBeats(silent)}`,
    hint: 'Where a last heartbeat is yet to come, the clock of this Airflow was set back: it writes none until then, and calls healthy what had one before. Look whether the processes run',
  };
}

function withBeats(components: readonly ComponentHealth[]): string {
  return components
    .map(({ name, heartbeatAt }) => {
      const beat = heartbeatAt
        ? `last heartbeat ${heartbeatAt}`
        : 'no heartbeat';
      return `${name.replaceAll('_', ' ')} (${beat})`;
    })
    .join(', ');
}

function componentProblem(unhealthy: readonly ComponentHealth[]): Problem {
  return {
    code: 'component-unhealthy',
    message: `Airflow itself calls unhealthy: ${withBeats(unhealthy)}`,
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
