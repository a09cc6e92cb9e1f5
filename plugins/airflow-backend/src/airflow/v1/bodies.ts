import { z } from 'zod';
import type {
  AirflowDag,
  AirflowImportError,
  AirflowRunDetails,
} from '../AirflowClient';
import { params } from '../mapping/params';
import { toSchedule } from '../mapping/schedule';
import { runState, runType } from '../mapping/states';
import { elapsedMs, instant, instantOrNull } from '../mapping/time';

const text = z.string().nullish();
const flag = z.boolean().nullish();
const count = z.number().int().nullish();

const timeDelta = z.looseObject({
  days: z.number(),
  seconds: z.number(),
  microseconds: z.number().nullish(),
});

const scheduleInterval = z
  .union([
    z.looseObject({ __type: z.literal('CronExpression'), value: z.string() }),
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

/** As Airflow 3 writes an interval: `1 day, 7:00:00`. */
function clock({ days, seconds }: z.output<typeof timeDelta>): string {
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const time = `${Math.floor(seconds / 3600)}:${two(
    (seconds % 3600) / 60,
  )}:${two(seconds % 60)}`;
  return days === 0 ? time : `${days} day${days === 1 ? '' : 's'}, ${time}`;
}

function relative(told: Record<string, unknown>): string {
  const parts = Object.entries(told).filter(
    ([, value]) => typeof value === 'number' && value !== 0,
  );
  return parts.map(([unit, value]) => `${unit}=${value}`).join(', ');
}

const dagFields = {
  dag_id: z.string(),
  dag_display_name: text,
  description: text,
  is_paused: flag,
  has_import_errors: flag,
  tags: z.array(z.object({ name: z.string() })).nullish(),
  owners: z.array(z.string()).nullish(),
  schedule_interval: scheduleInterval,
  timetable_description: text,
  next_dagrun_create_after: instantOrNull,
  fileloc: text,
  last_parsed_time: instantOrNull,
  max_active_runs: count,
};

/** `DAG` of the v1 specification. */
export const dagBody = z.object(dagFields).transform(
  (told): AirflowDag => ({
    dagId: told.dag_id,
    displayName: told.dag_display_name || told.dag_id,
    description: told.description || null,
    paused: told.is_paused ?? false,
    hasImportErrors: told.has_import_errors ?? false,
    tags: (told.tags ?? []).map(({ name }) => name).sort(),
    owners: told.owners ?? [],
    schedule: toSchedule(
      told.schedule_interval,
      told.timetable_description ?? null,
    ),
    nextRunAt: told.next_dagrun_create_after,
    fileLocation: told.fileloc ?? null,
    lastParsedAt: told.last_parsed_time,
    maxActiveRuns: told.max_active_runs ?? null,
  }),
);

/** `DAGDetail` of the v1 specification. */
export const dagDetailsBody = z
  .object({
    doc_md: text,
    params,
    start_date: instantOrNull,
    end_date: instantOrNull,
    catchup: flag,
    max_active_tasks: count,
    dag_run_timeout: timeDelta.nullish().catch(null),
    max_consecutive_failed_dag_runs: count,
    render_template_as_native_obj: flag,
  })
  .transform(told => ({
    docMd: told.doc_md || null,
    params: told.params,
    startDate: told.start_date,
    endDate: told.end_date,
    catchup: told.catchup ?? null,
    maxActiveTasks: told.max_active_tasks ?? null,
    runTimeoutSeconds: told.dag_run_timeout
      ? told.dag_run_timeout.days * 86_400 + told.dag_run_timeout.seconds
      : null,
    pausesAfterFailures: told.max_consecutive_failed_dag_runs || null,
    rendersNative: told.render_template_as_native_obj ?? null,
    version: null,
    bundle: null,
    bundleVersion: null,
    parseDurationMs: null,
    backfillRefusal: null,
  }));

/** `DAGRun` of the v1 specification. */
export const runBody = z
  .object({
    dag_id: z.string(),
    dag_run_id: z.string(),
    state: runState,
    run_type: runType.nullish(),
    logical_date: instant.nullish(),
    execution_date: instant.nullish(),
    start_date: instantOrNull,
    end_date: instantOrNull,
    data_interval_start: instantOrNull,
    data_interval_end: instantOrNull,
    conf: z.record(z.string(), z.unknown()).nullish(),
    note: text,
  })
  .transform((told, context): AirflowRunDetails => {
    const logicalDate = told.logical_date ?? told.execution_date ?? null;
    const runAfter = logicalDate ?? told.start_date;
    if (runAfter === null) {
      context.addIssue({
        code: 'custom',
        path: ['logical_date'],
        message: 'is missing',
      });
      return z.NEVER;
    }
    const type = told.run_type ?? 'unknown';
    const isTimed = type === 'scheduled' || type === 'backfill';
    return {
      dagId: told.dag_id,
      runId: told.dag_run_id,
      state: told.state,
      type,
      logicalDate,
      runAfter,
      dueAt: isTimed ? told.data_interval_end ?? runAfter : runAfter,
      queuedAt: null,
      startedAt: told.start_date,
      endedAt: told.end_date,
      durationMs: elapsedMs(told.start_date, told.end_date),
      triggeredBy: null,
      triggeringUser: null,
      note: told.note || null,
      conf: told.conf ?? {},
      dataIntervalStart: told.data_interval_start,
      dataIntervalEnd: told.data_interval_end,
    };
  });

/** `ImportError` of the v1 specification. */
export const importErrorBody = z
  .object({
    import_error_id: z.number(),
    filename: z.string(),
    stack_trace: z.string(),
    timestamp: instantOrNull,
  })
  .transform(
    (told): AirflowImportError => ({
      id: String(told.import_error_id),
      filename: told.filename,
      bundle: null,
      stackTrace: told.stack_trace,
      occurredAt: told.timestamp,
    }),
  );
