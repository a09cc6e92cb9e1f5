import type {
  Dag,
  DagPresence,
  Ownership,
  Presence,
  Schedule,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  ownershipSchema,
  presenceSchema,
  scheduleSchema,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';
import type { AirflowDag } from '../../airflow';
import { isGone } from '../../insights/presence';
import {
  toInstant,
  toInstantOrNull,
  toMsOrNull,
  type StoredBoolean,
  type StoredNumber,
} from '../kit/moments';

/** The columns that say who owns a DAG; all set or none, but for those who are missing. */
export interface OwnershipRow {
  owner_ref: string | null;
  owner_source: string | null;
  owner_by: string | null;
  owners_missing: string | null;
}

/** A row of `airflow_dags` as it is read. */
export interface DagRow extends OwnershipRow {
  cluster: string;
  dag_id: string;
  display_name: string;
  description: string | null;
  paused: StoredBoolean;
  has_import_errors: StoredBoolean;
  tags: string;
  owners: string;
  schedule_kind: string;
  schedule_expression: string | null;
  schedule_description: string | null;
  next_run_at: StoredNumber | null;
  file_location: string | null;
  last_parsed_at: StoredNumber | null;
  max_active_runs: number | null;
  read_at: StoredNumber;
  presence: string;
  presence_since: StoredNumber | null;
  presence_reason: string | null;
  gone_at: StoredNumber | null;
  success_rate: number | null;
  failures_in_a_row: number;
  failing_since: StoredNumber | null;
}

/** The columns that the inventory writes, other than the key. */
export type DagColumns = ReturnType<typeof toDagRow>;

const namesSchema = z.array(z.string());

/** Reads a column that holds a JSON array of names. */
export function parseNames(column: string): string[] {
  return namesSchema.parse(JSON.parse(column));
}

export function toDagRow(cluster: string, dag: AirflowDag, readAt: Date) {
  const searched = [
    dag.dagId,
    dag.displayName,
    dag.description ?? '',
    ...dag.tags,
  ];
  return {
    cluster,
    dag_id: dag.dagId,
    display_name: dag.displayName,
    description: dag.description,
    paused: dag.paused,
    has_import_errors: dag.hasImportErrors,
    tags: JSON.stringify(dag.tags),
    owners: JSON.stringify(dag.owners),
    schedule_kind: dag.schedule.kind,
    schedule_expression: dag.schedule.expression,
    schedule_description: dag.schedule.description,
    next_run_at: toMsOrNull(dag.nextRunAt),
    next_logical_date: toMsOrNull(dag.nextRun.logicalDate),
    next_due_at: toMsOrNull(dag.nextRun.dueAt),
    file_location: dag.fileLocation,
    last_parsed_at: toMsOrNull(dag.lastParsedAt),
    max_active_runs: dag.maxActiveRuns,
    read_at: readAt.getTime(),
    sort_name: dag.displayName.toLowerCase(),
    sort_schedule: dag.schedule.expression?.toLowerCase() ?? null,
    search_text: searched.join('\n').toLowerCase(),
  };
}

export function toOwnership(row: OwnershipRow): Ownership | null {
  if (row.owner_ref === null) return null;
  return ownershipSchema.parse({
    ref: row.owner_ref,
    source: row.owner_source,
    by: row.owner_by,
    ...(row.owners_missing !== null && {
      notInCatalog: JSON.parse(row.owners_missing),
    }),
  });
}

export function toSchedule(
  row: Pick<
    DagRow,
    'schedule_kind' | 'schedule_expression' | 'schedule_description'
  >,
): Schedule {
  return scheduleSchema.parse({
    kind: row.schedule_kind,
    expression: row.schedule_expression,
    description: row.schedule_description,
  });
}

export function toPresence(
  row: Pick<DagRow, 'presence' | 'presence_since' | 'presence_reason'>,
): Presence {
  return presenceSchema.parse({
    state: row.presence,
    since: toInstantOrNull(row.presence_since),
    reason: row.presence_reason,
  });
}

/** What was announced of a DAG that is gone will not come, nor while its file is broken. */
function runsOn(state: DagPresence): boolean {
  return state !== 'broken' && !isGone({ state });
}

export function toDag(row: DagRow): Dag {
  const presence = toPresence(row);
  return {
    cluster: row.cluster,
    dagId: row.dag_id,
    displayName: row.display_name,
    description: row.description,
    paused: Boolean(row.paused),
    hasImportErrors: Boolean(row.has_import_errors),
    tags: parseNames(row.tags),
    owners: parseNames(row.owners),
    owner: toOwnership(row),
    schedule: toSchedule(row),
    nextRunAt: runsOn(presence.state) ? toInstantOrNull(row.next_run_at) : null,
    fileLocation: row.file_location,
    lastParsedAt: toInstantOrNull(row.last_parsed_at),
    maxActiveRuns: row.max_active_runs,
    readAt: toInstant(row.read_at),
    presence,
    goneAt: toInstantOrNull(row.gone_at),
  };
}
