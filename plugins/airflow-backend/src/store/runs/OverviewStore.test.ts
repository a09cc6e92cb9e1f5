import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { keepPresences } from '../../__testUtils__/inventories';
import { plansOf } from '../../__testUtils__/plans';
import {
  aDag,
  aRun,
  aScope,
  day,
  running,
  vanished,
} from '../../__testUtils__/rows';

const databases = testDatabases();
const scope = aScope('prod', 'staging');

describe.each(databases.eachSupportedId())('OverviewStore on %s', id => {
  it('tells what still fails from what recovered', async () => {
    const { stores } = await freshStores(databases, id);
    const names = ['down', 'back', 'fine', 'gone'];
    await stores.dags.save(
      'prod',
      names.map(name => aDag(name)),
      new Date(day(1)),
    );
    await stores.runs.save(
      'prod',
      [
        aRun('down', day(22, 1), { state: 'failed' }),
        aRun('down', day(22, 2), { state: 'failed' }),
        aRun('back', day(22, 3), { state: 'failed' }),
        aRun('back', day(22, 4)),
        aRun('fine', day(22, 5)),
        aRun('fine', day(22, 6), { ...running, runId: 'long' }),
        aRun('gone', day(22, 6), { state: 'failed' }),
      ],
      new Date(day(23)),
    );
    await stores.dags.save(
      'prod',
      names.slice(0, 3).map(name => aDag(name)),
      new Date(day(23)),
    );
    await keepPresences(
      stores,
      'prod',
      vanished(day(23), 'gone'),
      new Date(day(23)),
    );

    const overview = await stores.overview.read({
      scope,
      since: new Date(day(22)),
    });
    expect(overview).toMatchObject({
      runs: { success: 2, failed: 4, running: 1, queued: 0 },
      failingTotal: 1,
      recoveredTotal: 1,
      failingDags: [
        {
          dagId: 'down',
          failures: 2,
          recoveredBy: null,
          presence: { state: 'listed' },
        },
        { dagId: 'back', failures: 1, recoveredBy: { runAfter: day(22, 4) } },
      ],
      longestRunning: [{ runId: 'long' }],
    });
    expect(overview.failingDags[0].lastFailedRun.runAfter).toBe(day(22, 2));
  });

  it('is empty for a reader who may see nothing', async () => {
    const { stores } = await freshStores(databases, id);
    const overview = await stores.overview.read({
      scope: aScope(),
      since: new Date(day(22)),
    });
    expect(overview).toEqual({
      runs: { success: 0, failed: 0, running: 0, queued: 0 },
      failingDags: [],
      failingTotal: 0,
      recoveredTotal: 0,
      longestRunning: [],
    });
  });

  it('looks for what runs among unfinished runs, however many have ended', async () => {
    const { db, stores } = await freshStores(databases, id);
    const ended = Array.from({ length: 500 }, (_, i) =>
      aRun(`dag-${i}`, day(22, 1)),
    );
    const long = aRun('long', day(22, 1), running);
    await stores.runs.save('prod', [...ended, long], new Date(day(23)));
    const plans = await plansOf(db, () =>
      stores.overview.read({ scope, since: new Date(day(22)) }),
    );
    const longestRunning = plans.filter(plan => /MATERIALIZE|CTE/.test(plan));
    expect(longestRunning).toEqual([
      expect.stringMatching(/airflow_runs_(state|unfinished)/),
    ]);
  });
});
