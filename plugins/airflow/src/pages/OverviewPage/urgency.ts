import {
  severities,
  type Alert,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { groupByCause, type AlertGroup } from '../../features/alerts';

/** So many causes are shown, and more when more of them fired lately. */
const SHOWN = 20;
const LATELY_MS = 60 * 60_000;

/**
 * What somebody should look at now, one entry for each cause: first all that fired within the last hour, newest first,
 * however much that is, for of this nobody knows yet; then the worst, and of those the newest.
 *
 * @param alerts - newest first
 */
export function mostUrgent(
  alerts: readonly Alert[],
  now: number,
): AlertGroup[] {
  const groups = groupByCause(alerts);
  const fresh = groups.filter(group => newsAt(group) >= now - LATELY_MS);
  const others = groups
    .filter(group => !fresh.includes(group))
    .sort((a, b) => rankOf(a) - rankOf(b));
  return [...fresh, ...others].slice(0, Math.max(SHOWN, fresh.length));
}

/** How many alerts some groups hold. */
export function alertsIn(groups: readonly AlertGroup[]): number {
  return groups.flatMap(alertsOf).length;
}

function alertsOf({ cause, because }: AlertGroup): Alert[] {
  return cause ? [cause, ...because] : because;
}

/** The last time that something of a group fired; what was old when the portal began is no news. */
function newsAt(group: AlertGroup): number {
  const moments = alertsOf(group).map(
    ({ oldNews, since, firedAt, noticedAt }) =>
      Date.parse(oldNews ? since : firedAt ?? noticedAt),
  );
  return Math.max(...moments);
}

/** The worst is the least. */
function rankOf(group: AlertGroup): number {
  const ranks = alertsOf(group).map(({ severity }) =>
    severities.indexOf(severity),
  );
  return Math.min(...ranks);
}
