import { z } from 'zod';
import { flag, text } from '../../mapping/fields';
import { instantOrNull } from '../../mapping/time';
import {
  commonOfDag,
  commonOfDetails,
  dagFields,
  detailFields,
} from './bodies';
import { toSchedule } from './schedule';
import type { AirflowDag } from './types';

const timeDelta = z.looseObject({
  days: z.number(),
  seconds: z.number(),
  microseconds: z.number().nullish(),
});

const scheduleInterval = z
  .union([
    z.looseObject({ __type: z.literal('CronExpression'), value: text }),
    timeDelta.extend({ __type: z.literal('TimeDelta') }),
    z.looseObject({ __type: z.literal('RelativeDelta') }),
  ])
  .nullish()
  .catch(null)
  .transform(raw => {
    if (!raw) return null;
    if ('value' in raw && typeof raw.value === 'string') return raw.value;
    if (raw.__type === 'TimeDelta') return clock(timeDelta.parse(raw));
    return relative(raw);
  });

/** As Python and so Airflow 3 write an interval: `1 day, 7:00:00`, `0:00:01.500000`. */
function clock(raw: z.output<typeof timeDelta>): string {
  const { days, seconds, microseconds } = raw;
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const time = `${Math.floor(seconds / 3600)}:${two(
    (seconds % 3600) / 60,
  )}:${two(seconds % 60)}`;
  const fraction = microseconds
    ? `.${String(microseconds).padStart(6, '0')}`
    : '';
  const date = days === 0 ? '' : `${days} day${days === 1 ? '' : 's'}, `;
  return `${date}${time}${fraction}`;
}

/** As Airflow 3 writes it: `relativedelta(months=+1, day=1)`; what is counted has a sign, what is set has none. */
function relative(raw: Record<string, unknown>): string {
  const parts = Object.entries(raw).flatMap(([unit, value]) => {
    if (typeof value !== 'number') return [];
    if (!unit.endsWith('s')) return [`${unit}=${value}`];
    return value === 0 ? [] : [`${unit}=${value > 0 ? '+' : ''}${value}`];
  });
  return `relativedelta(${parts.join(', ')})`;
}

/** `DAG` of the v1 specification. */
export const dagBody = dagFields
  .extend({
    is_active: flag,
    schedule_interval: scheduleInterval,
    next_dagrun: instantOrNull,
    next_dagrun_data_interval_end: instantOrNull,
    next_dagrun_create_after: instantOrNull,
  })
  .transform(
    (raw): AirflowDag => ({
      ...commonOfDag(raw),
      stale: raw.is_active === false,
      schedule: toSchedule(
        raw.schedule_interval,
        raw.timetable_description ?? null,
      ),
      nextRunAt: raw.next_dagrun_create_after,
      // A timetable may create its run long after the interval has ended, and the run tells only of the interval.
      nextRun: {
        logicalDate: raw.next_dagrun,
        dueAt: raw.next_dagrun_data_interval_end ?? raw.next_dagrun,
      },
      fileLocation: raw.fileloc ?? null,
    }),
  );

/** `DAGDetail` of the v1 specification. */
export const dagDetailsBody = detailFields
  .extend({
    dag_run_timeout: timeDelta.nullish().catch(null),
  })
  .transform(raw => ({
    ...commonOfDetails(raw),
    runTimeoutSeconds: raw.dag_run_timeout
      ? raw.dag_run_timeout.days * 86_400 + raw.dag_run_timeout.seconds
      : null,
    version: null,
    bundle: null,
    bundleVersion: null,
    parseDurationMs: null,
    backfillRefusal: null,
  }));
