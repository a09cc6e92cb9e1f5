import { freshStores, testDatabases } from '../__testUtils__/databases';
import { FakeRuns } from '../__testUtils__/fakeRuns';
import { aDag, aRun } from '../__testUtils__/rows';
import type { Stores } from '../store';
import { runsCollector } from './runs';

const databases = testDatabases();
const DAY_MS = 24 * 60 * 60_000;
const historyMs = 14 * DAY_MS;

/** So many days before now. */
const before = (days: number) => new Date(Date.now() - days * DAY_MS);
const runOf = (daysAgo: number, runId: string, ranDaysAgo = daysAgo) =>
  aRun('a', before(daysAgo).toISOString(), {
    runId,
    startedAt: before(ranDaysAgo).toISOString(),
    endedAt: before(ranDaysAgo - 0.01).toISOString(),
  });

/** Only the clock stands in. */
const timers = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'nextTick',
  'queueMicrotask',
  'performance',
  'hrtime',
] as const;

describe('the reading of runs', () => {
  let stores: Stores;
  let airflow: FakeRuns;

  beforeEach(async () => {
    stores = (await freshStores(databases, 'SQLITE_3')).stores;
    await stores.dags.save('prod', [aDag('a')], new Date());
    airflow = new FakeRuns();
  });

  const read = async () => {
    let requests = 0;
    const onRequest = () => {
      requests += 1;
    };
    const collect = runsCollector(stores, { historyMs });
    return { ...(await collect(airflow.cluster, { onRequest })), requests };
  };

  const stored = async () => {
    const runs = await stores.runs.recent('prod', 'a', 1_000);
    return runs.map(({ runId }) => runId).reverse();
  };

  it('removes a run that no reading met when the list of its moment has it no longer', async () => {
    const goesOn = (runId: string) => ({
      ...runOf(1, runId),
      state: 'running' as const,
      endedAt: null,
    });
    airflow.put(goesOn('media/2026/video.mp4'), before(1));
    airflow.put(goesOn('deleted'), before(1));
    await read();
    airflow.delete({ dagId: 'a', runId: 'deleted' });
    jest.useFakeTimers({
      now: Date.now() + 11 * 60_000,
      doNotFake: [...timers],
    });
    try {
      await read();
      expect(await stored()).toEqual(['media/2026/video.mp4']);
    } finally {
      jest.useRealTimers();
    }
  });

  describe('finds what was deleted in Airflow', () => {
    /** The clock goes on by some minutes, and the runs are read again. */
    const later = async (minutes: number) => {
      const now = Date.now() + minutes * 60_000;
      jest.useFakeTimers({ now, doNotFake: [...timers] });
      return read();
    };
    afterEach(() => jest.useRealTimers());

    const fill = (count: number) => {
      for (let i = 0; i < count; i += 1) {
        airflow.put(runOf(0.1 + i / 100, `r${i}`), before(5));
      }
    };
    const storedRuns = async () => new Set(await stored());
    const ofAirflow = () => new Set(airflow.all().map(run => run.runId));

    it('costs one request while nothing is missing', async () => {
      fill(50);
      await read();
      expect((await later(3)).requests).toBe(2);
      expect((await later(1)).requests).toBe(1);
    });

    it.each([0, 1, 420, 998, 999])(
      'within minutes and few requests, wherever it stood: %d of 1000',
      async which => {
        fill(1_000);
        await read();
        airflow.delete({ dagId: 'a', runId: `r${which}` });
        expect((await later(3)).requests).toBeLessThan(14);
        expect(await storedRuns()).toEqual(ofAirflow());
      },
    );

    it('all of many, by and by', async () => {
      fill(600);
      await read();
      for (let i = 0; i < 600; i += 23) {
        airflow.delete({ dagId: 'a', runId: `r${i}` });
      }
      for (let reading = 0; reading < 6; reading += 1) {
        expect((await later(3)).requests).toBeLessThan(60);
      }
      expect(await storedRuns()).toEqual(ofAirflow());
    });

    it('but for what is left of a DAG that is gone too, which is asked for once', async () => {
      fill(20);
      airflow.put(aRun('gone', before(1).toISOString()), before(5));
      await read();
      airflow.delete(aRun('gone', before(1).toISOString()));
      for (const run of airflow.all()) {
        if (run.dagId === 'gone') airflow.delete(run);
      }
      airflow.deletedDags.add('gone');
      await later(3);
      expect(await stores.runs.recent('prod', 'gone', 5)).toHaveLength(1);
      expect((await later(3)).requests).toBe(2);
    });

    it('and leaves what only missed the list', async () => {
      fill(20);
      await read();
      const [newest] = airflow.all();
      airflow.hideOnce(newest);
      await later(3);
      expect(await storedRuns()).toEqual(ofAirflow());
    });
  });

  it('meets runs for dates long before the history that ran within it', async () => {
    airflow.put(runOf(1, 'daily'), before(1));
    airflow.put(runOf(400, 'backfilled', 2), before(2));
    airflow.put(runOf(30, 'of last month'), before(30));
    expect(await read()).toMatchObject({ complete: true });
    expect(await stored()).toEqual(['daily', 'backfilled']);
  });

  it('meets them as they come, and the clean-up leaves them be', async () => {
    airflow.put(runOf(1, 'daily'), before(1));
    await read();
    airflow.put(runOf(3_000, 'backfilled', 0), new Date());
    await read();
    expect(await stored()).toEqual(['daily', 'backfilled']);
    await stores.runs.removeBefore('prod', before(90));
    expect(await stored()).toEqual(['daily', 'backfilled']);
  });

  it('goes on with them where it was cut off', async () => {
    for (let i = 0; i < 5_150; i += 1) {
      airflow.put(runOf(20 + i / 10, `backfilled ${i}`, 2), before(2));
    }
    expect(await read()).toMatchObject({ complete: false });
    expect(await read()).toMatchObject({ complete: true });
    const { sweep } = (await stores.runProgress.load('prod')) ?? {};
    expect(sweep).toBeNull();
    expect(await stores.runs.recent('prod', 'a', 6_000)).toHaveLength(5_150);
  });
});
