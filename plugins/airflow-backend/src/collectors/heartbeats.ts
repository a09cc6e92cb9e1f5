import type {
  ClusterClock,
  ComponentHealth,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { SeenComponent } from '../store';

/** Airflow calls a component unhealthy whose last heartbeat is older, unless somebody gave it longer. */
const LONGEST_MS = 30_000;

/** Clocks are not measured to the second, and the hosts of one Airflow may differ. */
const AHEAD_MS = 30_000;

/**
 * Components as they are, with since when their last heartbeat is known. After its clock was set back an Airflow writes
 * no heartbeat until the time of the last one comes once more, and calls healthy whatever had one, whether it lives or
 * was killed. So of one that lay in the future when it was first seen, and has not moved since, nothing is known.
 *
 * @param before - as the last reading had them
 */
export function seenComponents(
  reported: readonly ComponentHealth[],
  before: readonly SeenComponent[],
  clock: ClusterClock | null,
  readAt: Date,
): SeenComponent[] {
  const known = new Map(before.map(component => [component.name, component]));
  return reported.map(component => {
    const { name, status, heartbeatAt } = component;
    if (heartbeatAt === null) return component;
    const last = known.get(name);
    const isKnown = last?.heartbeatAt === heartbeatAt;
    const beatSeenAt = (isKnown && last.beatSeenAt) || readAt.toISOString();
    const seenMs = Date.parse(beatSeenAt);
    const aheadMs = Date.parse(heartbeatAt) - seenMs - (clock?.offsetMs ?? 0);
    const isOver =
      aheadMs > AHEAD_MS && readAt.getTime() - seenMs >= LONGEST_MS;
    return {
      ...component,
      beatSeenAt,
      status: status === 'healthy' && isOver ? 'unknown' : status,
    };
  });
}
