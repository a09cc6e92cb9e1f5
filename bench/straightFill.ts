import type { Knex } from 'knex';
import createKnex from 'knex';
import { refreshRunFacts } from '../plugins/airflow-backend/src/store/runs/runFacts';
import type { Engine } from './PortalUnderTest';

/**
 * Rows written straight into the plugin's database, as if they had been read, since no simulated Airflow gives so many
 * in time.
 */

const DAY_MS = 24 * 60 * 60_000;
/** DAGs whose facts are brought up to date in one statement. */
const DAGS_AT_ONCE = 200;

/** The plugin's own database, which Backstage names after the plugin. */
export function databaseOf({ database }: Engine): Knex {
  if (database.client === 'pg') {
    const url = new URL(database.connection);
    url.pathname = `/${database.prefix}airflow`;
    return createKnex({ client: 'pg', connection: url.href });
  }
  const filename = `${database.connection.directory}/airflow.sqlite`;
  return createKnex({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  });
}

/** PostgreSQL does that by itself within a minute; SQLite never does. */
export async function analyze(db: Knex): Promise<void> {
  if (db.client.driverName === 'pg') await db.raw('analyze');
}

/** Runs of a DAG, one each so many milliseconds and the newest of them a day ago; every twentieth failed. */
export async function addRuns(
  db: Knex,
  of: { cluster: string; dagId: string; everyMs: number; count: number },
): Promise<void> {
  await db.raw(
    `with recursive given(nr) as (select 1 union all select nr + 1 from given where nr < :count),
      due as (select nr, cast(:now as bigint) - nr * cast(:everyMs as bigint) as at, 30000 + (nr * 7919) % 60000 as took from given)
    insert into airflow_runs
      (cluster, dag_id, run_id, state, type, run_after, due_at, for_at, queued_at, started_at, ended_at, finished_at,
       alive_at, duration_ms, read_at, search_text)
    select :cluster, :dagId, 'history-' || nr, case when nr % 20 = 0 then 'failed' else 'success' end, 'scheduled',
      at, at, at, at, at + 1000 + nr % 900, at + took, at + took, at + took, took - 1000, cast(:now as bigint),
      :dagId || ' history-' || nr
    from due`,
    { ...of, now: Date.now() - DAY_MS },
  );
}

/** A fleet of one size. */
export interface Shape {
  clusters: readonly string[];
  /** Of each cluster. */
  dags: number;
  /** Of each DAG, one a day. */
  runs: number;
}

/**
 * A fleet in which a DAG in fifty runs now, one in twenty failed last, and one in twenty-five of all runs before did;
 * each tenth is paused, and forty teams own them.
 */
export async function addFleet(db: Knex, shape: Shape): Promise<void> {
  const now = Date.now();
  for (const cluster of shape.clusters) {
    await db.transaction(async trx => {
      await addCluster(trx, cluster, now);
      await addDags(trx, cluster, shape.dags, now);
      await addDailyRuns(trx, cluster, shape.runs, now);
    });
    await refreshFacts(db, cluster);
  }
  await analyze(db);
}

async function addCluster(db: Knex, name: string, now: number) {
  await db('airflow_clusters')
    .insert({
      name,
      airflow_version: '3.3.2',
      api_version: 'v2',
      capabilities: '[]',
      components: '[]',
      may_write: true,
      read_at: now,
    })
    .onConflict('name')
    .ignore();
  for (const kind of ['health', 'inventory', 'runs']) {
    const row = {
      last_attempt_at: now,
      last_success_at: now,
      first_attempt_at: now,
      duration_ms: 100,
      requests: 1,
      skipped_rows: 0,
      problem: null,
      failing_since: null,
    };
    await db('airflow_collections')
      .insert({ cluster: name, kind, ...row })
      .onConflict(['cluster', 'kind'])
      .merge(row);
  }
}

async function addDags(db: Knex, cluster: string, count: number, now: number) {
  await db.raw(
    `with recursive given(nr) as (select 1 union all select nr + 1 from given where nr < :count),
      named as (
        select nr, 'load_' || nr as dag_id, 'team-' || (nr % 40) as team, (nr * 37) % 24 as hour
        from given
      )
    insert into airflow_dags
      (cluster, dag_id, display_name, description, paused, has_import_errors, tags, owners, schedule_kind,
       schedule_expression, schedule_description, next_run_at, file_location, last_parsed_at, max_active_runs, read_at,
       search_text, sort_name, sort_schedule, presence, first_seen_at, owner_ref, owner_source, owner_by)
    select :cluster, dag_id, dag_id, 'Loads what team ' || team || ' needs', nr % 10 = 0, nr % 200 = 0,
      '["' || team || '"]', '["' || team || '"]', 'cron', '0 ' || hour || ' * * *', 'Every day',
      cast(:now as bigint) + hour * 3600000, '/dags/' || dag_id || '.py', cast(:now as bigint), 16, cast(:now as bigint),
      dag_id || ' loads what team ' || team || ' needs ' || team, dag_id, '0 ' || hour || ' * * *', 'listed',
      cast(:now as bigint), 'group:default/' || team, 'airflow-owner', team
    from named`,
    { cluster, count, now },
  );
  await db.raw(
    `insert into airflow_dag_tags (cluster, dag_id, tag)
    select cluster, dag_id, owner_by from airflow_dags where cluster = :cluster`,
    { cluster },
  );
  await db.raw(
    `insert into airflow_dag_owners (cluster, dag_id, owner)
    select cluster, dag_id, owner_by from airflow_dags where cluster = :cluster`,
    { cluster },
  );
}

async function addDailyRuns(
  db: Knex,
  cluster: string,
  count: number,
  now: number,
) {
  await db.raw(
    `with recursive given(nr) as (select 1 union all select nr + 1 from given where nr < :count),
      dags as (
        select dag_id, cast(substr(dag_id, 6) as integer) as dag from airflow_dags where cluster = :cluster
      ),
      due as (
        select dag_id, dag, nr, cast(:now as bigint) - cast(:day as bigint) * (nr - 1) - (dag * 86399) % cast(:day as bigint) as at,
          30000 + (nr * 7919 + dag * 104729) % 600000 as took
        from dags cross join given
      ),
      states as (
        select *, case
          when nr = 1 and dag % 50 = 7 then 'running'
          when nr = 1 and dag % 20 = 0 then 'failed'
          when nr > 1 and (nr * 11 + dag) % 25 = 0 then 'failed'
          else 'success' end as state
        from due
      )
    insert into airflow_runs
      (cluster, dag_id, run_id, state, type, run_after, due_at, for_at, queued_at, started_at, ended_at, finished_at,
       alive_at, duration_ms, read_at, search_text)
    select :cluster, dag_id, 'scheduled-' || nr, state, 'scheduled', at, at, at, at, at + 1000,
      case when state <> 'running' then at + took end, case when state <> 'running' then at + took end,
      case when state <> 'running' then at + took else cast(:now as bigint) end,
      case when state <> 'running' then took - 1000 end, cast(:now as bigint), dag_id || ' scheduled-' || nr
    from states`,
    { cluster, count, now, day: DAY_MS },
  );
}

async function refreshFacts(db: Knex, cluster: string): Promise<void> {
  const dagIds: string[] = await db('airflow_dags')
    .where({ cluster })
    .orderBy('dag_id')
    .pluck('dag_id');
  for (let at = 0; at < dagIds.length; at += DAGS_AT_ONCE) {
    const dags = dagIds
      .slice(at, at + DAGS_AT_ONCE)
      .map(dagId => ({ cluster, dagId }));
    await db.transaction(trx => refreshRunFacts(trx, dags));
  }
}
