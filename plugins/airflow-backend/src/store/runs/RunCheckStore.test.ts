import type { Stores } from '..';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { aDag, aRun, day, running } from '../../__testUtils__/rows';

const databases = testDatabases();

describe.each(databases.eachSupportedId())('RunCheckStore on %s', id => {
  let stores: Stores;

  beforeEach(async () => {
    ({ stores } = await freshStores(databases, id));
    await stores.dags.save('prod', [aDag('a'), aDag('b')], new Date(day(1)));
    await stores.runs.save(
      'prod',
      [
        aRun('a', day(20)),
        aRun('a', day(21)),
        aRun('a', day(22)),
        aRun('b', day(22, 12), { ...running, runId: 'by Ü%' }),
      ],
      new Date(day(23)),
    );
  });

  it('knows which runs it has not met for long', async () => {
    expect(
      await stores.runChecks.unfinished('prod', new Date(day(24)), 5),
    ).toEqual([{ dagId: 'b', runId: 'by Ü%', runAfter: day(22, 12) }]);
    expect(
      await stores.runChecks.unfinished('prod', new Date(day(23)), 5),
    ).toEqual([]);
  });

  it('looks for deleted runs only where Airflow still lists the DAG', async () => {
    const unread = () =>
      stores.runChecks.unreadSince(
        'prod',
        { aliveFrom: new Date(day(1)), readBefore: new Date(day(24)) },
        10,
      );
    expect(await unread()).toEqual([]);
    await stores.dags.save('prod', [aDag('b')], new Date(day(24)));
    expect(await unread()).toMatchObject([{ dagId: 'b' }]);
  });

  it('counts what Airflow should have of a window, without what is left of a DAG that is gone', async () => {
    const window = { from: new Date(day(20)), to: new Date(day(22)) };
    expect(await stores.runChecks.countPresent('prod', window)).toBe(3);
    expect(await stores.runChecks.dueAt('prod', window, 1)).toEqual(
      new Date(day(21)),
    );
    await stores.runChecks.keepAbsent('prod', 'a', new Date(day(24)));
    expect(await stores.runChecks.countPresent('prod', window)).toBe(0);
    await stores.runs.save('prod', [aRun('a', day(21))], new Date(day(25)));
    expect(await stores.runChecks.present('prod', window)).toEqual([
      { dagId: 'a', runId: `scheduled__${day(21)}`, runAfter: day(21) },
    ]);
  });
});
