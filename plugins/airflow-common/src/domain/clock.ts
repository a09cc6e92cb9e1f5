import type { Instant } from './time';

/**
 * How far the clock of a cluster is ahead of the portal's, below zero when it is behind, and when that was measured.
 *
 * @public
 */
export type ClusterClock = {
  offsetMs: number;
  measuredAt: Instant;
};

/**
 * A moment of the portal's clock as the cluster's clock shows it, to be compared with what that Airflow wrote. A
 * cluster whose clock nobody could measure is taken to have the portal's.
 *
 * @public
 */
export function toClusterTime(
  moment: Instant,
  clock: ClusterClock | null,
): Instant {
  return moved(moment, clock?.offsetMs ?? 0);
}

/**
 * A moment that an Airflow wrote as the portal's clock showed it, to be compared with what the portal wrote.
 *
 * @public
 */
export function toPortalTime(
  moment: Instant,
  clock: ClusterClock | null,
): Instant {
  return moved(moment, -(clock?.offsetMs ?? 0));
}

/** From so long on, in which unit, of which length. */
const units = [
  { fromMs: 48 * 60 * 60_000, name: 'd', ms: 24 * 60 * 60_000 },
  { fromMs: 2 * 60 * 60_000, name: 'h', ms: 60 * 60_000 },
  { fromMs: 60_000, name: 'min', ms: 60_000 },
];

/**
 * How far a cluster's clock is from the portal's, such as `6 min behind` or `40 s ahead of`, to be followed by whose.
 *
 * @public
 */
export function clockApart({
  offsetMs,
}: Pick<ClusterClock, 'offsetMs'>): string {
  const apartMs = Math.abs(offsetMs);
  const unit = units.find(({ fromMs }) => apartMs >= fromMs) ?? {
    name: 's',
    ms: 1_000,
  };
  const direction = offsetMs < 0 ? 'behind' : 'ahead of';
  return `${Math.round(apartMs / unit.ms)} ${unit.name} ${direction}`;
}

function moved(moment: Instant, byMs: number): Instant {
  return byMs === 0
    ? moment
    : new Date(Date.parse(moment) + byMs).toISOString();
}
