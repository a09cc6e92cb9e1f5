import type {
  ClusterClock,
  ComponentHealth,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowClient, ClockReading } from '../airflow';
import type { ClusterStore } from '../store';

/** A component that Airflow calls healthy has beaten within 30 seconds, unless somebody gave it longer. */
const HEALTHY_MS = 90_000;

/** The hosts of one Airflow may differ by as much. */
const TOLERATED_MS = 5_000;

/** When a cluster was asked and had answered; it told how it was at any moment between. */
interface Asked {
  begunAt: Date;
  endedAt: Date;
}

/**
 * How a cluster's clock goes, by the `Date` of its answers and the heartbeats of its components. Many a proxy puts its
 * own `Date` in place of Airflow's: where that cannot be true of the heartbeats, these are believed. After a clock was set
 * back, Airflow shows the last beat of before, as healthy, until the time of that has come once more; so only what has
 * moved since the last reading is taken for a beat.
 *
 * @param before - as the last reading had them; none at the first
 * @returns null when nothing told of the clock
 */
export function clockOf(
  read: ClockReading | undefined,
  components: readonly ComponentHealth[],
  { begunAt, endedAt }: Asked,
  before: readonly ComponentHealth[] = [],
): ClusterClock | null {
  const stood = new Map(
    before.map(({ name, heartbeatAt }) => [name, heartbeatAt]),
  );
  const beats = components.flatMap(({ name, status, heartbeatAt }) =>
    status === 'healthy' && heartbeatAt && heartbeatAt !== stood.get(name)
      ? [Date.parse(heartbeatAt)]
      : [],
  );
  if (beats.length === 0 && !read) return null;
  const measuredAt = endedAt.toISOString();
  const offsetMs = read?.offsetMs ?? 0;
  if (beats.length === 0) return { offsetMs, measuredAt };
  const newestMs = Math.max(...beats);
  const newestBeat = newestMs - endedAt.getTime();
  const isPossible =
    offsetMs >= newestBeat - TOLERATED_MS &&
    offsetMs <= newestMs - begunAt.getTime() + HEALTHY_MS;
  return {
    offsetMs: isPossible ? offsetMs : Math.round(newestBeat / 1_000) * 1_000,
    measuredAt,
  };
}

/** What was measured longer ago than this is left for what the last answers say. */
const TRUSTED_MS = 5 * 60_000;

/** By how much a cluster's clock is ahead, as the health reading of whichever replica has measured it. */
export async function readOffset(
  clusters: ClusterStore,
  { name, client }: { name: string; client: Pick<AirflowClient, 'clock'> },
): Promise<number> {
  const measured = await clusters.clock(name);
  const isTrusted =
    measured !== null &&
    Date.now() - Date.parse(measured.measuredAt) <= TRUSTED_MS;
  const offsetMs = isTrusted ? measured.offsetMs : client.clock()?.offsetMs;
  return offsetMs ?? measured?.offsetMs ?? 0;
}

/** What changes are asked for again anyway makes up for less. */
const SET_BACK_MS = 30_000;

/** Whether a clock was set back from one reading of it to another. */
export function wasSetBack(
  before: ClockReading | undefined,
  after: ClockReading | undefined,
): boolean {
  return (
    before !== undefined &&
    after !== undefined &&
    after.lastOffsetMs < before.offsetMs - SET_BACK_MS
  );
}
