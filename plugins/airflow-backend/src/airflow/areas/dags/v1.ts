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
  .transform(told => {
    if (!told) return null;
    if ('value' in told && typeof told.value === 'string') return told.value;
    if (told.__type === 'TimeDelta') return clock(timeDelta.parse(told));
    return relative(told);
  });

/** As Python and so Airflow 3 write an interval: `1 day, 7:00:00`, `0:00:01.500000`. */
function clock(told: z.output<typeof timeDelta>): string {
  const { days, seconds, microseconds } = told;
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
function relative(told: Record<string, unknown>): string {
  const parts = Object.entries(told).flatMap(([unit, value]) => {
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
    (told): AirflowDag => ({
      ...commonOfDag(told),
      stale: told.is_active === false,
      schedule: toSchedule(
        told.schedule_interval,
        told.timetable_description ?? null,
      ),
      nextRunAt: told.next_dagrun_create_after,
      // A timetable may create its run long after the interval has ended, and the run tells only of the interval.
      nextRun: {
        logicalDate: told.next_dagrun,
        dueAt: told.next_dagrun_data_interval_end ?? told.next_dagrun,
      },
      fileLocation: told.fileloc ?? null,
    }),
  );

/** `DAGDetail` of the v1 specification. */
export const dagDetailsBody = detailFields
  .extend({
    dag_run_timeout: timeDelta.nullish().catch(null),
  })
  .transform(told => ({
    ...commonOfDetails(told),
    runTimeoutSeconds: told.dag_run_timeout
      ? told.dag_run_timeout.days * 86_400 + told.dag_run_timeout.seconds
      : null,
    version: null,
    bundle: null,
    bundleVersion: null,
    parseDurationMs: null,
    backfillRefusal: null,
  }));
