import type { FirstReading } from '../store';
import type { Rule } from '../rules';
import type { ClusterFacts } from '../model/clusterFacts';

/** A cluster that cannot be read to the end for so long is told of with what is known of it. */
const LONGEST_MS = 30 * 60_000;

/**
 * How far rules are that have not been through with a cluster before, by name. What they find until they are is no news:
 * it is told of at once when they are. Those that were through before are left out.
 */
export type FirstReadings = ReadonlyMap<string, 'under way' | 'over'>;

/** How far each rule is with a cluster, before and after an evaluation. */
export interface FirstReadingStep {
  firstReadings: FirstReadings;
  /** Those that began or ended with this evaluation. */
  changed: FirstReading[];
}

/**
 * A rule is through with a cluster for the first time once its DAGs and their runs were read, all of them. Then on
 * everything that it finds is news.
 *
 * @param known - of all rules that ever looked at the cluster
 */
export function goOnReading(
  rules: readonly Pick<Rule, 'name'>[],
  { readings, now }: Pick<ClusterFacts, 'readings' | 'now'>,
  known: ReadonlyMap<string, FirstReading>,
): FirstReadingStep {
  const isRead =
    readings.inventory.readAt !== null && readings.runs.readAt !== null;
  const firstReadings = new Map<string, 'under way' | 'over'>();
  const changed: FirstReading[] = [];
  for (const { name: rule } of rules) {
    const before = known.get(rule);
    if (before?.endedAt) continue;
    const beganAt = before?.beganAt ?? now;
    const isOver = isRead || now.getTime() - beganAt.getTime() >= LONGEST_MS;
    firstReadings.set(rule, isOver ? 'over' : 'under way');
    if (isOver || !before) {
      changed.push({ rule, beganAt, endedAt: isOver ? now : null });
    }
  }
  return { firstReadings, changed };
}
