import { readdirSync } from 'fs';
import type { Knex } from 'knex';
import { testDatabases } from '../__testUtils__/databases';
import { isPostgres } from './kit/dialect';
import { migrationsDir } from './stores';

const databases = testDatabases();
const migrations = readdirSync(migrationsDir).sort();

type Row = Record<string, unknown>;

/** What a migration changes in rows that were there, as its comments say: whole tables, or columns of theirs. */
const meantUp: Record<string, string[]> = {
  '20261125000000_alerts.js': ['airflow_promised_runs'],
  '20261128040000_promised_runs.js': ['airflow_promised_runs'],
  '20261128060000_calm_telling.js': ['airflow_deliveries.status'],
};

/** What is not as it was once the migration is taken back. */
const meantDown: Record<string, string[]> = {
  '20261125000000_alerts.js': ['airflow_promised_runs'],
  '20261125000002_ownership.js': ['airflow_dags.sort_owner'],
  '20261128040000_promised_runs.js': ['airflow_promised_runs'],
};

/** Words that migrations look at; what is not here is the name of its column. */
const words: Record<string, string[]> = {
  alert_id: ['id 0', 'id 1'],
  state: ['failed', 'running'],
  status: ['delivered', 'failed'],
};

/** Row 0 has a value in each column, row 1 only where there has to be one. */
function rowOf(columns: Record<string, Knex.ColumnInfo>, nr: number): Row {
  const value = ([name, { type }]: [string, Knex.ColumnInfo]) => {
    if (type === 'text') return words[name]?.[nr] ?? `${name} ${nr}`;
    return type === 'boolean' ? nr === 0 : 10 + nr;
  };
  return Object.fromEntries(
    Object.entries(columns).map(column => [
      column[0],
      nr === 1 && column[1].nullable ? null : value(column),
    ]),
  );
}

async function tablesOf(db: Knex): Promise<string[]> {
  const names: string[] = await (isPostgres(db)
    ? db('pg_tables').where({ schemaname: 'public' }).pluck('tablename')
    : db('sqlite_master').where({ type: 'table' }).pluck('name'));
  return names.filter(name => name.startsWith('airflow_')).sort();
}

async function indexesOf(db: Knex): Promise<string[]> {
  const names: string[] = await (isPostgres(db)
    ? db('pg_indexes').where({ schemaname: 'public' }).pluck('indexname')
    : db('sqlite_master').where({ type: 'index' }).pluck('name'));
  return names.filter(name => name.startsWith('airflow_')).sort();
}

/** But for defaults: a column that comes back needs one for the rows that are there. */
async function schemaOf(db: Knex) {
  const columns: Record<string, string> = {};
  for (const table of await tablesOf(db)) {
    const found = await db(table).columnInfo();
    for (const [column, { type, nullable }] of Object.entries(found)) {
      columns[`${table}.${column}`] = nullable ? type : `${type} not null`;
    }
  }
  return { columns, indexes: await indexesOf(db) };
}

async function rowsOf(db: Knex): Promise<Record<string, Row[]>> {
  const rows: Record<string, Row[]> = {};
  for (const table of await tablesOf(db)) {
    const found: Row[] = await db(table).select();
    // One of them is the first by all that it holds.
    rows[table] = found.sort((a, b) =>
      JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
    );
  }
  return rows;
}

/** Puts two rows into each table that has none; what others refer to comes before them. */
async function fill(db: Knex): Promise<void> {
  const referring: string[] = [];
  const put = async (table: string) => {
    const first: Row | undefined = await db(table).first();
    const columns = await db(table).columnInfo();
    if (!first) await db(table).insert([0, 1].map(nr => rowOf(columns, nr)));
  };
  for (const table of await tablesOf(db)) {
    if (await db.schema.hasColumn(table, 'alert_id')) referring.push(table);
    else await put(table);
  }
  for (const table of referring) await put(table);
}

/** The tables and columns that both moments have, and that do not hold the same. */
function differences(
  before: Record<string, Row[]>,
  after: Record<string, Row[]>,
): string[] {
  return Object.entries(before).flatMap(([table, rows]) => {
    const now = after[table];
    if (!now) return [];
    if (now.length !== rows.length) return [table];
    return Object.keys(rows[0] ?? {})
      .filter(column => now.some(row => column in row))
      .filter(
        column =>
          JSON.stringify(rows.map(row => row[column])) !==
          JSON.stringify(now.map(row => row[column])),
      )
      .map(column => `${table}.${column}`);
  });
}

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  it('go up with rows of the step before, down, and up again, and keep them', async () => {
    const db = await databases.init(id);
    const directory = migrationsDir;
    for (const migration of migrations) {
      const step = { directory, name: migration };
      const before = { schema: await schemaOf(db), rows: await rowsOf(db) };

      await db.migrate.up(step);
      const up = { schema: await schemaOf(db), rows: await rowsOf(db) };
      const changedUp = differences(before.rows, up.rows);
      expect([migration, changedUp]).toEqual([
        migration,
        meantUp[migration] ?? [],
      ]);

      await db.migrate.down(step);
      const down = { schema: await schemaOf(db), rows: await rowsOf(db) };
      expect([migration, down.schema]).toEqual([migration, before.schema]);
      const changedDown = differences(before.rows, down.rows);
      expect([migration, changedDown]).toEqual([
        migration,
        meantDown[migration] ?? [],
      ]);

      await db.migrate.up(step);
      expect([migration, await schemaOf(db)]).toEqual([migration, up.schema]);
      expect([migration, await rowsOf(db)]).toEqual([migration, up.rows]);
      await fill(db);
    }
  });
});
