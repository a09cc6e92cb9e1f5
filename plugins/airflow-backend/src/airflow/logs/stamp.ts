/** Days that every year has. */
const day =
  /(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31/;
const time = /(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}/;

/** Most logs are stamped in UTC. Of such a stamp only the precision is cut: to write a date anew costs ten times that. */
const utc = new RegExp(
  `^(\\d{4}-(?:${day.source})T${time.source})\\d*(?:Z|\\+00:?00)$`,
);

const zoned = /(?:Z|[+-]\d\d:\d\d)$/;

/** The moment of a line, in UTC with milliseconds; null where no zone says which it is, or it is none. */
export function momentOf(stamp: string): string | null {
  const cut = utc.exec(stamp);
  if (cut) return `${cut[1]}Z`;
  const text = iso(stamp);
  if (!zoned.test(text) || Number.isNaN(Date.parse(text))) return null;
  return new Date(text).toISOString();
}

/** Out of `2022-11-16, 13:00:00 UTC`, as before Airflow 2.9, and of zones without a colon. */
function iso(stamp: string): string {
  return stamp
    .replace(', ', 'T')
    .replace(' UTC', 'Z')
    .replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}
