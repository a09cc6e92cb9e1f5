import type { statisticsEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { DateTime, IANAZone } from 'luxon';
import type { z } from 'zod';
import type { Span } from '../../store';
import { ProblemError } from '../kit/ProblemError';

type CalendarQuery = z.output<typeof statisticsEndpoints.getCalendar.query>;

const MOST_DAYS = { day: 400, hour: 31 };

/**
 * The days or hours of a calendar as they begin and end in its zone: a day is 23 or 25 hours long when clocks change,
 * and an hour is always one hour.
 *
 * @throws ProblemError `invalid-request`
 */
export function calendarSpans({ by, from, to, zone }: CalendarQuery): Span[] {
  if (!IANAZone.isValidZone(zone)) {
    throw invalid('zone', `zone is not valid: there is no time zone ${zone}`);
  }
  const first = DateTime.fromISO(from, { zone }).startOf('day');
  const end = DateTime.fromISO(to, { zone }).plus({ days: 1 }).startOf('day');
  const days = end.diff(first, 'days').days;
  if (days < 1 || days > MOST_DAYS[by]) {
    throw invalid(
      'to',
      `to is not valid: a calendar by ${by} covers 1 to ${MOST_DAYS[by]} days`,
    );
  }
  const spans: Span[] = [];
  for (let start = first; start < end; ) {
    const next =
      by === 'hour'
        ? start.plus({ hours: 1 })
        : start.plus({ days: 1 }).startOf('day');
    // Where clocks change by half an hour, the last hour of a day is cut short.
    const until = next < end ? next : end;
    spans.push({ from: start.toJSDate(), to: until.toJSDate() });
    start = until;
  }
  return spans;
}

function invalid(field: string, message: string): ProblemError {
  return new ProblemError({
    code: 'invalid-request',
    field,
    message,
    hint: `Correct ${field} in the query of the request`,
  });
}
