import { LiveCluster } from '../simulation/fleet';
import { RunQuery } from '../simulation/runQuery';
import { Cursor, decodeCursor, encodeCursor, TOTAL_LIMIT } from './cursor';
import { v2Run } from './serialize/run';

/** The query for the page that a cursor points at. */
function queryAt(query: RunQuery, cursor: Cursor | undefined): RunQuery {
  if (!cursor) return { ...query, offset: 0 };
  const { token, backward } = cursor;
  if (backward) {
    return { ...query, offset: Math.max(0, token.offset - query.limit) };
  }
  if (token.key === undefined) return { ...query, offset: token.offset };
  const { runAfter } = query;
  return {
    ...query,
    offset: token.seen,
    runAfter: query.descending
      ? { ...runAfter, to: Math.min(runAfter?.to ?? Infinity, token.key + 1) }
      : { ...runAfter, from: Math.max(runAfter?.from ?? -Infinity, token.key) },
  };
}

/** Pages that stay right while new runs arrive at the head of the list. */
export function listByCursor(
  { runs, simulation }: LiveCluster,
  query: RunQuery,
  cursor: string,
) {
  const given = decodeCursor(cursor);
  const paged = queryAt(query, given);
  const page = runs.list(paged);
  const total = given
    ? runs.list({ ...query, offset: 0, limit: 0 }).total
    : page.total;
  const start = given?.backward ? paged.offset : given?.token.offset ?? 0;
  const byTime = query.sort === 'run_after';
  const last = page.runs[page.runs.length - 1];
  const more =
    paged.offset + page.runs.length < page.total && last !== undefined;
  const ties = page.runs.filter(r => r.runAfter === last?.runAfter).length;
  const carried =
    given && !given.backward && given.token.key === last?.runAfter
      ? given.token.seen
      : 0;
  const next = () =>
    encodeCursor({
      key: byTime ? last.runAfter : undefined,
      seen: ties + carried,
      offset: start + page.runs.length,
    });
  return {
    dag_runs: page.runs.map(r => v2Run(simulation, r)),
    total_entries: Math.min(total, TOTAL_LIMIT),
    total_entries_limit: TOTAL_LIMIT,
    next_cursor: more ? next() : null,
    previous_cursor:
      start > 0 ? `~${encodeCursor({ seen: 0, offset: start })}` : null,
  };
}
