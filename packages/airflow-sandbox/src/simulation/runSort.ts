import { RunFacts } from './run';

/** What a list of runs can be sorted by. */
export type RunSortKey =
  | 'run_after'
  | 'logical_date'
  | 'start_date'
  | 'end_date'
  | 'updated_at'
  | 'queued_at'
  | 'duration'
  | 'state'
  | 'dag_id'
  | 'run_id'
  | 'run_type'
  | 'id';

/** What a run is sorted by. */
export function sortValue(
  run: RunFacts,
  key: RunSortKey,
): number | string | null {
  switch (key) {
    case 'logical_date':
      return run.logicalDate;
    case 'start_date':
      return run.startAt;
    case 'end_date':
      return run.endAt;
    case 'updated_at':
      return run.updatedAt;
    case 'queued_at':
      return run.queuedAt;
    case 'duration':
      return run.endAt !== null && run.startAt !== null
        ? run.endAt - run.startAt
        : null;
    case 'state':
      return run.state;
    case 'dag_id':
      return run.dag.dagId;
    case 'run_id':
      return run.runId;
    case 'run_type':
      return run.runType;
    case 'id':
      return run.queuedAt;
    default:
      return run.runAfter;
  }
}

/** Nulls last when ascending, as PostgreSQL sorts. */
export function compareValues(
  a: number | string | null,
  b: number | string | null,
): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
