import {
  dagRunStateSchema,
  dagRunTypeSchema,
  type DagRun,
  type DagRunType,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowRun } from '../airflow';
import {
  toInstant,
  toInstantOrNull,
  toMs,
  toMsOrNull,
  toNumberOrNull,
  type StoredNumber,
} from './moments';

/** A row of `airflow_runs` as it is read. */
export interface RunRow {
  cluster: string;
  dag_id: string;
  run_id: string;
  state: string;
  type: string;
  logical_date: StoredNumber | null;
  run_after: StoredNumber;
  due_at: StoredNumber | null;
  queued_at: StoredNumber | null;
  started_at: StoredNumber | null;
  ended_at: StoredNumber | null;
  duration_ms: StoredNumber | null;
  triggered_by: string | null;
  triggering_user: string | null;
  note: string | null;
}

/** Runs of these are announced before they come; what people, assets and operators start is not. */
const timedTypes: ReadonlySet<DagRunType> = new Set([
  'scheduled',
  'backfill',
  'unknown',
]);

/** When a run succeeded or failed; Airflow leaves out the end of some. */
function finishedAt(run: AirflowRun): number | null {
  if (run.state !== 'success' && run.state !== 'failed') return null;
  return toMs(run.endedAt ?? run.startedAt ?? run.runAfter);
}

export function toRunRow(cluster: string, run: AirflowRun, readAt: Date) {
  return {
    cluster,
    dag_id: run.dagId,
    run_id: run.runId,
    state: run.state,
    type: run.type,
    logical_date: toMsOrNull(run.logicalDate),
    run_after: toMs(run.runAfter),
    due_at: timedTypes.has(run.type) ? toMs(run.dueAt) : null,
    queued_at: toMsOrNull(run.queuedAt),
    started_at: toMsOrNull(run.startedAt),
    ended_at: toMsOrNull(run.endedAt),
    duration_ms: run.durationMs === null ? null : Math.round(run.durationMs),
    triggered_by: run.triggeredBy,
    triggering_user: run.triggeringUser,
    note: run.note,
    read_at: readAt.getTime(),
    finished_at: finishedAt(run),
    search_text: `${run.dagId}\n${run.runId}`.toLowerCase(),
  };
}

export function toRun(row: RunRow): DagRun {
  return {
    cluster: row.cluster,
    dagId: row.dag_id,
    runId: row.run_id,
    state: dagRunStateSchema.parse(row.state),
    type: dagRunTypeSchema.parse(row.type),
    logicalDate: toInstantOrNull(row.logical_date),
    runAfter: toInstant(row.run_after),
    dueAt: toInstant(row.due_at ?? row.run_after),
    queuedAt: toInstantOrNull(row.queued_at),
    startedAt: toInstantOrNull(row.started_at),
    endedAt: toInstantOrNull(row.ended_at),
    durationMs: toNumberOrNull(row.duration_ms),
    triggeredBy: row.triggered_by,
    triggeringUser: row.triggering_user,
    note: row.note,
  };
}
