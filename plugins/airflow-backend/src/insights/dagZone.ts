import type {
  Dag,
  DagZone,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { CronExpressionParser } from 'cron-parser';
import { DateTime, IANAZone } from 'luxon';

/** Where many people work; of those that always have the same time, one. */
const usualZones = [
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Helsinki',
  'Europe/Istanbul',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Bangkok',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
];

const presets: Record<string, string> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

const ZONE_TAG = 'tz:';

/** What of a DAG tells in which zone it is meant. */
interface ZonedDag {
  schedule: Pick<Dag['schedule'], 'kind' | 'expression'>;
  tags: readonly string[];
}

/**
 * The zone in which a DAG is meant, which no Airflow tells: that of a tag such as `tz:Europe/Berlin`, else the first in
 * which its cron names every moment that Airflow itself announced. The cluster's default comes first. Null where there
 * is nothing to go by, or no zone fits.
 */
export function dagZone(
  { schedule, tags }: ZonedDag,
  announced: readonly Instant[],
  defaultZone: string | null,
): DagZone | null {
  const set = zoneSetBy(tags);
  if (set !== undefined) return { name: set, source: 'tag' };
  if (schedule.kind !== 'cron' || announced.length === 0) return null;
  const names = matcherOf(schedule.expression ?? '');
  if (!names) return null;
  const fits = (zone: string) =>
    announced.every(moment => names(DateTime.fromISO(moment, { zone })));
  const own = defaultZone ?? 'UTC';
  if (fits(own)) return { name: own, source: 'cluster' };
  const inferred = usualZones.find(fits);
  return inferred === undefined ? null : { name: inferred, source: 'inferred' };
}

/** What is no name of a zone is a tag like any other. */
function zoneSetBy(tags: readonly string[]): string | undefined {
  return [...tags]
    .sort()
    .filter(tag => tag.startsWith(ZONE_TAG))
    .map(tag => tag.slice(ZONE_TAG.length))
    .find(zone => IANAZone.isValidZone(zone));
}

function matcherOf(
  expression: string,
): ((local: DateTime) => boolean) | undefined {
  const cron = presets[expression] ?? expression;
  // A sixth field means seconds, at the front to some and at the end to others.
  if (cron.split(' ').length !== 5) return undefined;
  try {
    const { minute, hour, dayOfMonth, month, dayOfWeek } =
      CronExpressionParser.parse(cron).fields;
    const has = (values: readonly unknown[], value: number) =>
      values.includes(value);
    return local => {
      const onDay = has(dayOfMonth.values, local.day);
      const onWeekday = has(dayOfWeek.values, local.weekday % 7);
      const isEither = !dayOfMonth.isWildcard && !dayOfWeek.isWildcard;
      return (
        has(minute.values, local.minute) &&
        has(hour.values, local.hour) &&
        has(month.values, local.month) &&
        (isEither ? onDay || onWeekday : onDay && onWeekday)
      );
    };
  } catch {
    return undefined;
  }
}
