import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { plansOf } from '../../__testUtils__/plans';
import { aDag, aRun } from '../../__testUtils__/rows';
import { dagKey, readRecentRuns, RECENT_RUNS } from './recentRuns';

const databases = testDatabases();
const day = (date: number) => new Date(Date.UTC(2026, 9, date)).toISOString();
const a = { cluster: 'prod', dagId: 'a' };
const b = { cluster: 'prod', dagId: 'b' };

describe.each(databases.eachSupportedId())('the last runs, on %s', id => {
  const filled = async () => {
    const { db, stores } = await freshStores(databases, id);
    await stores.dags.save('prod', [aDag('a'), aDag('b')], new Date(day(25)));
    const runs = Array.from({ length: 20 }, (_, i) => aRun('a', day(1 + i)));
    await stores.runs.save(
      'prod',
      [...runs, aRun('b', day(3))],
      new Date(day(25)),
    );
    return db;
  };

  it('are those of each DAG, oldest first', async () => {
    const found = await readRecentRuns(await filled(), [a, b]);
    expect(found.get(dagKey(a))?.map(({ runAfter }) => runAfter)).toEqual(
      Array.from({ length: RECENT_RUNS }, (_, i) => day(7 + i)),
    );
    expect(found.get(dagKey(b))?.map(({ runAfter }) => runAfter)).toEqual([
      day(3),
    ]);
  });

  it('begin where is looked up once, also in a table of which nothing is known yet', async () => {
    const db = await filled();
    const [plan] = await plansOf(db, () => readRecentRuns(db, [a, b]));
    expect(plan).toMatch(/(CTE|MATERIALIZE) beginning/);
  });
});
