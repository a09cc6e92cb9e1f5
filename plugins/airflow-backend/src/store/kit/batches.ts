/** Small enough for the limits on variables and compound selects of SQLite. */
const BATCH_ROWS = 100;

/** Cuts rows into batches that one statement can take. */
export function batches<T>(rows: readonly T[]): T[][] {
  const found: T[][] = [];
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    found.push(rows.slice(start, start + BATCH_ROWS));
  }
  return found;
}

/** The last row of each key: one statement cannot write the same row twice. */
export function lastByKey<T>(rows: readonly T[], key: (row: T) => string): T[] {
  return [...new Map(rows.map(row => [key(row), row])).values()];
}
