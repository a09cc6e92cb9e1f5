import { DagDefinition } from '../fleet/types';

/** Somebody paused or resumed a DAG. */
export interface PauseChange {
  at: number;
  paused: boolean;
}

export function isPausedAt(
  dag: DagDefinition,
  changes: readonly PauseChange[],
  at: number,
): boolean {
  let paused = dag.pausedSince !== undefined && at >= dag.pausedSince;
  for (const change of changes) {
    if (change.at <= at) paused = change.paused;
  }
  return paused;
}

/** When a run that is queued at `at` may start; never while nobody resumes. */
export function activeFrom(
  dag: DagDefinition,
  changes: readonly PauseChange[],
  at: number,
): number {
  if (!isPausedAt(dag, changes, at)) return at;
  const resumed = changes.find(c => c.at > at && !c.paused);
  return resumed?.at ?? Infinity;
}

/** Spans within [from, to) in which the DAG was not paused. */
export function activeSpans(
  dag: DagDefinition,
  changes: readonly PauseChange[],
  from: number,
  to: number,
): Array<[number, number]> {
  const all = [...changes];
  if (dag.pausedSince !== undefined) {
    all.unshift({ at: dag.pausedSince, paused: true });
  }
  const spans: Array<[number, number]> = [];
  let begin = from;
  let paused = isPausedAt(dag, changes, begin);
  for (const change of all) {
    if (change.at <= begin || change.at >= to) continue;
    if (change.paused && !paused) spans.push([begin, change.at]);
    if (!change.paused && paused) begin = change.at;
    paused = change.paused;
  }
  if (!paused && begin < to) spans.push([begin, to]);
  return spans;
}
