import { minutesEastOf } from './zones';

/** Days that every year has. */
const day =
  /(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31/;
const time = /(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}/;

/** Most logs are stamped in UTC. Of such a stamp only the precision is cut: to write a date anew costs ten times that. */
const utc = new RegExp(
  `^(\\d{4}-(?:${day.source})T${time.source})\\d*(?:Z|\\+00:?00)$`,
);

/** `2022-11-16, 13:00:00 CEST` as before Airflow 2.9, `2024/07/01 16:06:05,123 -03`, and what lies between. */
const parts =
  /^(\d{4})[-/](\d\d)[-/](\d\d)(?:T|, | )(\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,9}))? ?([A-Za-z]{1,5}|[+-]\d\d(?::?\d\d)?)$/;

const number = /^-?\d{1,20}(?:\.\d{1,9})?$/;

/** The moment of a line, in UTC with milliseconds; null where no zone says which it is, or it is none. */
export function momentOf(stamp: string | number): string | null {
  if (typeof stamp === 'number') return ofEpoch(stamp);
  const cut = utc.exec(stamp);
  if (cut) return `${cut[1]}Z`;
  if (number.test(stamp)) return ofEpoch(Number(stamp));
  const found = parts.exec(stamp);
  if (!found) return null;
  const [, year, month, date, minute, second = ':00', fraction = '', zone] =
    found;
  const east = minutesEastOf(zone);
  if (east === null) return null;
  const local = `${year}-${month}-${date}T${minute}${second}.${fraction
    .padEnd(3, '0')
    .slice(0, 3)}Z`;
  return toMoment(Date.parse(local) - east * 60_000);
}

/** Out of seconds since 1970, or of thousandths, millionths or billionths of them: no log is from before 1973. */
function ofEpoch(value: number): string | null {
  if (!(value >= 1e8)) return null;
  if (value < 1e11) return toMoment(value * 1e3);
  if (value < 1e14) return toMoment(value);
  return toMoment(value < 1e17 ? value / 1e3 : value / 1e6);
}

function toMoment(ms: number): string | null {
  const moment = new Date(ms);
  if (Number.isNaN(moment.getTime())) return null;
  const text = moment.toISOString();
  // Years beyond four digits are no years of a log.
  return /^\d{4}-/.test(text) ? text : null;
}
