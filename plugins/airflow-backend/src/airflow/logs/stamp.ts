/** Most logs are stamped in UTC. Of such a stamp only the precision is cut: to write a date anew costs ten times that. */
const utc = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\d*(?:Z|\+00:?00)$/;

const zoned = /(?:Z|[+-]\d\d:\d\d)$/;

/** The moment of a line, in UTC with milliseconds; null where no zone says which it is, or it is none. */
export function momentOf(stamp: string): string | null {
  const cut = utc.exec(stamp);
  const text = cut ? `${cut[1]}Z` : iso(stamp);
  if (!zoned.test(text) || Number.isNaN(Date.parse(text))) return null;
  return cut ? text : new Date(text).toISOString();
}

/** Out of `2022-11-16, 13:00:00 UTC`, as before Airflow 2.9, and of zones without a colon. */
function iso(stamp: string): string {
  return stamp
    .replace(', ', 'T')
    .replace(' UTC', 'Z')
    .replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}
