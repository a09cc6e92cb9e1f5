import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { aDag } from '../../__testUtils__/rows';
import { isPostgres } from './dialect';
import { snapshot } from './snapshot';

const databases = testDatabases();

it.each(databases.eachSupportedId())(
  'a snapshot on %s shows nothing of what is written meanwhile',
  async id => {
    const { db, stores } = await freshStores(databases, id);
    const write = (dagId: string) =>
      stores.dags.save('prod', [aDag(dagId)], new Date());
    await write('before');
    let writing = Promise.resolve();
    const seen = await snapshot(db, async trx => {
      const dags = () => trx('airflow_dags').orderBy('dag_id').pluck('dag_id');
      const first = await dags();
      writing = write('meanwhile');
      if (isPostgres(db)) await writing;
      return [first, await dags()];
    });
    expect(seen).toEqual([['before'], ['before']]);
    await writing;
    expect(await db('airflow_dags').pluck('dag_id')).toHaveLength(2);
  },
);
