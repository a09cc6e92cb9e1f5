import { z } from 'zod';
import type { AirflowReader } from './AirflowReader';
import { tellOfRuns } from './derived';
import { moment, tell, told, type ComparedRun, type Facts } from './facts';

const text = z.string().nullish();

const dag = z.looseObject({
  dag_id: z.string(),
  dag_display_name: text,
  description: text,
  is_paused: z.boolean(),
  is_active: z.boolean().optional(),
  is_stale: z.boolean().optional(),
  has_import_errors: z.boolean().nullish(),
  tags: z.array(z.object({ name: z.string() })).nullish(),
  owners: z.array(z.string()),
  max_active_runs: z.number().nullish(),
  fileloc: text,
  relative_fileloc: text,
  next_dagrun_create_after: text,
  next_dagrun_run_after: text,
  timetable_summary: text,
  timetable_description: text,
  schedule_interval: z.looseObject({ value: text }).nullish(),
});

const run = z.looseObject({
  dag_id: z.string(),
  dag_run_id: z.string(),
  state: z.string(),
  run_type: z.string(),
  logical_date: text,
  run_after: text,
  queued_at: text,
  start_date: text,
  end_date: text,
  data_interval_end: text,
  note: text,
  triggered_by: text,
  triggering_user_name: text,
});

const importError = z.looseObject({
  filename: z.string(),
  stack_trace: z.string(),
});

const component = z.looseObject({ status: text }).nullish();

const health = z.looseObject({
  metadatabase: component,
  scheduler: component,
  triggerer: component,
  dag_processor: component,
});

type DagRow = z.output<typeof dag>;
type RunRow = z.output<typeof run>;

/** What a real Airflow says of itself, of its DAGs, runs and files. */
export async function readAirflow(airflow: AirflowReader): Promise<Facts> {
  const isV1 = airflow.major === 2;
  const facts: Facts = new Map();
  const { version } = await airflow.get(
    '/version',
    z.looseObject({ version: z.string() }),
  );
  facts.set('version', version);
  tellOfHealth(
    facts,
    await airflow.get(isV1 ? '/health' : '/monitor/health', health),
  );
  const dags = await airflow.all(
    isV1 ? '/dags?only_active=false' : '/dags?exclude_stale=false',
    'dags',
    dag,
  );
  for (const row of dags) tellOfDag(facts, row);
  const runs = await airflow.all('/dags/~/dagRuns', 'dag_runs', run);
  for (const row of runs) tellOfRun(facts, row);
  const errors = await airflow.all(
    '/importErrors',
    'import_errors',
    importError,
  );
  for (const { filename, stack_trace: trace } of errors) {
    tell(facts, `file ${filename}`, { 'import error': lastLine(trace) });
  }
  tellOfRuns(
    facts,
    dags.map(row => row.dag_id),
    runs.map(row => toCompared(row)),
  );
  return facts;
}

function tellOfHealth(facts: Facts, told_: z.output<typeof health>): void {
  for (const name of [
    'metadatabase',
    'scheduler',
    'triggerer',
    'dag_processor',
  ] as const) {
    tell(facts, `component ${name}`, {
      status: told_[name]?.status ?? 'absent',
    });
  }
}

function tellOfDag(facts: Facts, row: DagRow): void {
  const isInService = row.is_active ?? !row.is_stale;
  tell(facts, `dag ${row.dag_id}`, {
    'in service': String(isInService),
    name: told(row.dag_display_name || row.dag_id),
    description: told(row.description),
    paused: String(row.is_paused),
    tags: told((row.tags ?? []).map(({ name }) => name).sort()),
    owners: told([...row.owners].sort()),
    file: told(row.relative_fileloc ?? row.fileloc),
    'max active runs': told(row.max_active_runs),
    'schedule in words': told(row.timetable_description),
    ...(isInService && {
      'next run': moment(
        row.next_dagrun_run_after ?? row.next_dagrun_create_after,
      ),
    }),
  });
}

function tellOfRun(facts: Facts, row: RunRow): void {
  const type =
    row.run_type === 'dataset_triggered' ? 'asset_triggered' : row.run_type;
  tell(facts, `run ${row.dag_id} ${row.dag_run_id}`, {
    state: row.state,
    type,
    'logical date': moment(row.logical_date),
    'run after': moment(row.run_after ?? row.logical_date ?? row.start_date),
    queued: moment(row.queued_at),
    started: moment(row.start_date),
    ended: moment(row.end_date),
    'duration in ms': durationOf(row),
    note: told(row.note),
    'triggered by': told(row.triggered_by),
    'triggering user': told(row.triggering_user_name),
  });
}

/** A moment that comes before the one that it should follow makes no duration. */
function durationOf({ start_date: from, end_date: to }: RunRow): string {
  if (!from || !to) return told(null);
  const ms = Date.parse(to) - Date.parse(from);
  return ms < 0 ? told(null) : String(ms);
}

function toCompared(row: RunRow): ComparedRun {
  const isTimed = row.run_type === 'scheduled' || row.run_type === 'backfill';
  const due =
    row.run_after ??
    (isTimed ? row.data_interval_end : undefined) ??
    row.logical_date ??
    row.start_date;
  if (!due) throw new Error(`${row.dag_id} ${row.dag_run_id} is for no time`);
  return {
    dagId: row.dag_id,
    runId: row.dag_run_id,
    state: row.state,
    type: row.run_type,
    dueMs: Date.parse(due),
    endedMs: Date.parse(row.end_date ?? row.start_date ?? due),
  };
}

function lastLine(trace: string): string {
  return told(trace.trim().split('\n').at(-1)?.trim());
}
