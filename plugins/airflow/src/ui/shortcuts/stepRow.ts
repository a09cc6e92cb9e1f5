/** The link that a row of a list is known by. */
const ROW_LINKS =
  ':is([data-kind="airflow-page"] tbody tr, [data-kind="triage-item"], [data-kind="failing-dag"]) a[href]';

/** Moves the focus to the first link of the next row, or of one before. */
export function stepRow(by: 1 | -1): void {
  const links = firstOfEach([
    ...document.querySelectorAll<HTMLAnchorElement>(ROW_LINKS),
  ]);
  const here = links.findIndex(
    link => rowOf(link) === rowOf(document.activeElement),
  );
  const start = by > 0 ? -1 : links.length;
  links[(here < 0 ? start : here) + by]?.focus();
}

function firstOfEach(links: readonly HTMLAnchorElement[]) {
  return links.filter(
    (link, i) => i === 0 || rowOf(link) !== rowOf(links[i - 1]),
  );
}

function rowOf(element: Element | null | undefined): Element | null {
  return element?.closest('tr, li') ?? null;
}
