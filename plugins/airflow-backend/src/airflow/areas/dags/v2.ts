import type { DagDetails } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Duration } from 'luxon';
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

/** `DAGResponse` of the v2 specification. */
export const dagBody = dagFields
  .extend({
    is_stale: flag,
    timetable_summary: text,
    next_dagrun_logical_date: instantOrNull,
    next_dagrun_run_after: instantOrNull,
    relative_fileloc: text,
  })
  .transform(
    (raw): AirflowDag => ({
      ...commonOfDag(raw),
      stale: raw.is_stale ?? false,
      schedule: toSchedule(
        raw.timetable_summary ?? null,
        raw.timetable_description ?? null,
      ),
      nextRunAt: raw.next_dagrun_run_after,
      nextRun: {
        logicalDate: raw.next_dagrun_logical_date,
        dueAt: raw.next_dagrun_run_after,
      },
      fileLocation: raw.relative_fileloc ?? raw.fileloc ?? null,
    }),
  );

/** `DAGDetailsResponse` of the v2 specification. */
export const dagDetailsBody = detailFields
  .extend({
    dag_run_timeout: text,
    latest_dag_version: z
      .object({ version_number: z.number().int() })
      .nullish()
      .catch(null),
    bundle_name: text,
    bundle_version: text,
    last_parse_duration: z.number().nonnegative().nullish().catch(null),
    timetable_summary: text,
    timetable_periodic: flag,
    allowed_run_types: z.array(z.string()).nullish().catch(null),
  })
  .transform(raw => ({
    ...commonOfDetails(raw),
    runTimeoutSeconds: secondsOf(raw.dag_run_timeout),
    version: raw.latest_dag_version?.version_number ?? null,
    bundle: raw.bundle_name ?? null,
    bundleVersion: raw.bundle_version ?? null,
    parseDurationMs:
      raw.last_parse_duration === null || raw.last_parse_duration === undefined
        ? null
        : raw.last_parse_duration * 1_000,
    backfillRefusal: backfillRefusalOf(raw),
  }));

/** How Airflow sums up schedules that name no dates. */
const withoutDates = new Set(['None', '@once', '@continuous', 'Asset']);

/** Airflow says itself since 3.3 whether there are dates; before, it refused a DAG without a schedule alone. */
function backfillRefusalOf(raw: {
  timetable_summary?: string | null;
  timetable_periodic?: boolean | null;
  allowed_run_types?: readonly string[] | null;
}): DagDetails['backfillRefusal'] {
  const hasDates =
    raw.timetable_periodic ??
    !withoutDates.has(raw.timetable_summary ?? 'None');
  if (!hasDates) return 'no-dates';
  return raw.allowed_run_types?.includes('backfill') ?? true
    ? null
    : 'not-allowed';
}

/** An ISO 8601 duration such as `PT2H`. */
function secondsOf(duration: string | null | undefined): number | null {
  if (!duration) return null;
  const read = Duration.fromISO(duration);
  return read.isValid ? read.as('seconds') : null;
}
