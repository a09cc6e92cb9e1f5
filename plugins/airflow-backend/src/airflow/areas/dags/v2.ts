import type { DagDetails } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Duration } from 'luxon';
import { z } from 'zod';
import {
  count,
  flag,
  id,
  listed,
  MOST_LABELS,
  text,
  writing,
} from '../../mapping/fields';
import { params } from '../../mapping/params';
import { instantOrNull } from '../../mapping/time';
import { toSchedule } from './schedule';
import type { AirflowDag } from './types';

/** `DAGResponse` of the v2 specification. */
export const dagBody = z
  .object({
    dag_id: id,
    dag_display_name: text,
    description: text,
    is_paused: flag,
    has_import_errors: flag,
    is_stale: flag,
    tags: listed(z.object({ name: id }), MOST_LABELS),
    owners: listed(id, MOST_LABELS),
    timetable_summary: text,
    timetable_description: text,
    next_dagrun_logical_date: instantOrNull,
    next_dagrun_run_after: instantOrNull,
    relative_fileloc: text,
    fileloc: text,
    last_parsed_time: instantOrNull,
    max_active_runs: count,
  })
  .transform(
    (told): AirflowDag => ({
      dagId: told.dag_id,
      displayName: told.dag_display_name || told.dag_id,
      description: told.description || null,
      paused: told.is_paused ?? false,
      hasImportErrors: told.has_import_errors ?? false,
      stale: told.is_stale ?? false,
      tags: told.tags.map(({ name }) => name).sort(),
      owners: told.owners,
      schedule: toSchedule(
        told.timetable_summary ?? null,
        told.timetable_description ?? null,
      ),
      nextRunAt: told.next_dagrun_run_after,
      nextRun: {
        logicalDate: told.next_dagrun_logical_date,
        dueAt: told.next_dagrun_run_after,
      },
      fileLocation: told.relative_fileloc ?? told.fileloc ?? null,
      lastParsedAt: told.last_parsed_time,
      maxActiveRuns: told.max_active_runs ?? null,
    }),
  );

/** `DAGDetailsResponse` of the v2 specification. */
export const dagDetailsBody = z
  .object({
    doc_md: writing,
    params,
    start_date: instantOrNull,
    end_date: instantOrNull,
    catchup: flag,
    max_active_tasks: count,
    dag_run_timeout: text,
    max_consecutive_failed_dag_runs: count,
    render_template_as_native_obj: flag,
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
  .transform(told => ({
    docMd: told.doc_md || null,
    params: told.params,
    startDate: told.start_date,
    endDate: told.end_date,
    catchup: told.catchup ?? null,
    maxActiveTasks: told.max_active_tasks ?? null,
    runTimeoutSeconds: secondsOf(told.dag_run_timeout),
    pausesAfterFailures: told.max_consecutive_failed_dag_runs || null,
    rendersNative: told.render_template_as_native_obj ?? null,
    version: told.latest_dag_version?.version_number ?? null,
    bundle: told.bundle_name ?? null,
    bundleVersion: told.bundle_version ?? null,
    parseDurationMs:
      told.last_parse_duration === null ||
      told.last_parse_duration === undefined
        ? null
        : told.last_parse_duration * 1_000,
    backfillRefusal: backfillRefusalOf(told),
  }));

/** How Airflow sums up schedules that name no dates. */
const withoutDates = new Set(['None', '@once', '@continuous', 'Asset']);

/** Airflow says itself since 3.3 whether there are dates; before, it refused a DAG without a schedule alone. */
function backfillRefusalOf(told: {
  timetable_summary?: string | null;
  timetable_periodic?: boolean | null;
  allowed_run_types?: readonly string[] | null;
}): DagDetails['backfillRefusal'] {
  const hasDates =
    told.timetable_periodic ??
    !withoutDates.has(told.timetable_summary ?? 'None');
  if (!hasDates) return 'no-dates';
  return told.allowed_run_types?.includes('backfill') ?? true
    ? null
    : 'not-allowed';
}

/** An ISO 8601 duration such as `PT2H`. */
function secondsOf(duration: string | null | undefined): number | null {
  if (!duration) return null;
  const read = Duration.fromISO(duration);
  return read.isValid ? read.as('seconds') : null;
}
