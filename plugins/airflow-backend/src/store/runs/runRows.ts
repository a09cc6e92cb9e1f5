import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  dagRunStateSchema,
  dagRunTypeSchema,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import type { AirflowRun } from '../../airflow';
import { endOf, isTimed, placeOf } from '../../insights/outcome';
import {
  toInstant,
  toInstantOrNull,
  toMs,
  toMsOrNull,
  toNumberOrNull,
  type StoredNumber,
} from '../kit/moments';

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

/** When a run succeeded or failed; Airflow leaves out the end of some. */
function finishedAt(run: AirflowRun): number | null {
  if (run.state !== 'success' && run.state !== 'failed') return null;
  return toMs(endOf(run));
}

/** The newest moment that Airflow tells of a run; for when it was meant may be long before it ran, or long after. */
function aliveAt(run: AirflowRun): number {
  const { runAfter, dueAt, queuedAt, startedAt, endedAt } = run;
  const moments = [runAfter, dueAt, queuedAt, startedAt, endedAt];
  return Math.max(...moments.flatMap(at => toMsOrNull(at) ?? []));
}

/**
 * Brings a stored row to what was read later. A run whose state changed was alive until then, whatever its moments say:
 * Airflow leaves out the end of some.
 */
export function merged(db: Knex, columns: readonly string[]) {
  const taken = columns.map(column => [
    column,
    db.raw('excluded.??', [column]),
  ]);
  return {
    ...Object.fromEntries(taken),
    queued_seen_at: db.raw(
      `case when airflow_runs.state = 'queued' and excluded.state = 'queued'
        then coalesce(airflow_runs.queued_seen_at, excluded.queued_seen_at)
        else excluded.queued_seen_at end`,
    ),
    alive_at: db.raw(
      `(select max(moment.at) from (
        select airflow_runs.alive_at as at
        union all select excluded.alive_at
        union all select excluded.read_at where airflow_runs.state <> excluded.state
      ) as moment)`,
    ),
  };
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
    due_at: isTimed(run) ? toMs(run.dueAt) : null,
    for_at: toMs(placeOf(run)),
    queued_at: toMsOrNull(run.queuedAt),
    // Airflow 2 does not tell since when a run is queued.
    queued_seen_at: run.state === 'queued' ? readAt.getTime() : null,
    started_at: toMsOrNull(run.startedAt),
    ended_at: toMsOrNull(run.endedAt),
    duration_ms: run.durationMs === null ? null : Math.round(run.durationMs),
    triggered_by: run.triggeredBy,
    triggering_user: run.triggeringUser,
    note: run.note,
    read_at: readAt.getTime(),
    finished_at: finishedAt(run),
    alive_at: aliveAt(run),
    absent_at: null,
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
