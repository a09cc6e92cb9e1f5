/** What is a row of a list, in tables and in lists that are none. */
const ROW = 'tbody tr, [data-kind="triage-item"], [data-kind="failing-dag"]';

/** Moves the focus to the first link of the next row, or of one before. */
export function stepRow(by: 1 | -1): void {
  const rows = [
    ...document.querySelectorAll(`[data-kind="airflow-page"] :is(${ROW})`),
  ].filter(row => linkOf(row) !== null);
  const here = rows.findIndex(row => row.contains(document.activeElement));
  const start = by > 0 ? -1 : rows.length;
  const next = rows[(here < 0 ? start : here) + by];
  if (next) linkOf(next)?.focus();
}

function linkOf(row: Element): HTMLAnchorElement | null {
  return row.querySelector<HTMLAnchorElement>('a[href]');
}
