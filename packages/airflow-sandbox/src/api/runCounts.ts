import { DagDefinition } from '../fleet/types';
import { RunState } from '../simulation/run';
import { RunQueries } from '../simulation/runQuery';

/** How many runs of a DAG are in each state. */
export function runCounts(
  runs: RunQueries,
  dag: DagDefinition,
): Array<[RunState, number]> {
  const counts = new Map<RunState, number>([
    ['queued', 0],
    ['running', 0],
    ['success', 0],
    ['failed', 0],
  ]);
  for (const { state } of runs.scan({ dags: [dag] })) {
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts];
}
