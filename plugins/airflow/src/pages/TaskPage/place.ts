import type { RunName } from '../../data/useRuns';
import type { Place } from '../../ui/layout';

/** Where a task of a run belongs. */
export function placeOf({ cluster, dagId, runId }: RunName): Place {
  return { list: 'dags', cluster, dagId, runId };
}
