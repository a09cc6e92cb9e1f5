import type { Knex } from 'knex';
import type { Stores } from '..';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { keepPresences } from '../../__testUtils__/inventories';
import { aDag, aRun, vanished } from '../../__testUtils__/rows';

const databases = testDatabases();

const old = '2026-08-01T00:00:00.000Z';
const late = '2026-11-20T00:00:00.000Z';
const retained = new Date('2026-11-01T00:00:00.000Z');

/** Tables that name a cluster, but for those with a retention of their own. */
async function rowsOf(db: Knex, cluster: string, dagId?: string) {
  const tables = await db('sqlite_master')
    .where('type', 'table')
    .andWhere('name', 'like', 'airflow%')
    .pluck('name')
    .catch(() =>
      db('pg_tables')
        .where('schemaname', 'public')
        .andWhere('tablename', 'like', 'airflow%')
        .pluck('tablename'),
    );
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const columns = Object.keys(await db(table).columnInfo());
    const column = table === 'airflow_clusters' ? 'name' : 'cluster';
    if (!columns.includes(column)) continue;
    if (dagId !== undefined && !columns.includes('dag_id')) continue;
    const rows = await db(table)
      .where(column, cluster)
      .andWhere(dagId === undefined ? {} : { dag_id: dagId });
    if (rows.length > 0) counts[table] = rows.length;
  }
  return counts;
}

describe.each(databases.eachSupportedId())('GoneStore on %s', id => {
  let stores: Stores;
  let db: Knex;

  beforeEach(async () => {
    ({ stores, db } = await freshStores(databases, id));
    for (const cluster of ['kept', 'left']) {
      const readAt = new Date(cluster === 'left' ? old : late);
      const dags = ['here', 'long-gone', 'just-gone'].map(dagId =>
        aDag(dagId, { tags: ['daily'], owners: ['ada'] }),
      );
      await stores.dags.save(cluster, dags, readAt);
      for (const { dagId } of dags) {
        await stores.dagDocs.save(cluster, dagId, '# Docs', readAt);
        const runs = [
          aRun(dagId, old),
          aRun(dagId, late, { state: 'running', endedAt: null }),
        ];
        await stores.runs.save(cluster, runs, readAt);
      }
      await keepPresences(stores, cluster, vanished(old, 'long-gone'), readAt);
      await keepPresences(stores, cluster, vanished(late, 'just-gone'), readAt);
      await stores.health.add(cluster, { sampledAt: readAt, components: [] });
      await stores.collections.record(cluster, {
        kind: 'health',
        startedAt: readAt,
        durationMs: 1,
        requests: 1,
        skippedRows: 0,
        problem: null,
        complete: true,
      });
    }
  });

  it('forgets DAGs that are gone for long, with all that is stored of them', async () => {
    const before = await rowsOf(db, 'kept', 'here');
    expect(before).toMatchObject({
      airflow_dags: 1,
      airflow_dag_docs: 1,
      airflow_dag_tags: 1,
      airflow_runs: 2,
    });
    expect(await stores.gone.removeDags(retained)).toBe(2);
    expect(await rowsOf(db, 'kept', 'long-gone')).toEqual({});
    expect(await rowsOf(db, 'kept', 'just-gone')).toEqual(before);
    expect(await rowsOf(db, 'kept', 'here')).toEqual(before);
    expect(await stores.gone.removeDags(retained)).toBe(0);
  });

  it('forgets clusters that nobody has tried to read for long', async () => {
    const before = await rowsOf(db, 'kept');
    const remove = (...configured: string[]) =>
      stores.gone.removeClusters({ configured, triedBefore: retained });
    expect(await remove('kept', 'left')).toEqual([]);
    // A backend with another configuration reads it.
    expect(await remove('left')).toEqual([]);
    expect(await remove('kept')).toEqual(['left']);
    expect(await rowsOf(db, 'left')).toEqual({});
    expect(await rowsOf(db, 'kept')).toEqual(before);
  });
});
