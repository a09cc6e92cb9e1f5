import type { Knex } from 'knex';
import type { Stores } from '..';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { plansOf } from '../../__testUtils__/plans';
import { aDag, aRun } from '../../__testUtils__/rows';

const databases = testDatabases();
const at = (day: number, hour = 0) =>
  new Date(Date.UTC(2026, 10, day, hour)).toISOString();
const days = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({
    from: new Date(at(from + i)),
    to: new Date(at(from + i + 1)),
  }));

describe.each(databases.eachSupportedId())('StatisticsStore on %s', id => {
  let db: Knex;
  let stores: Stores;

  beforeEach(async () => {
    ({ db, stores } = await freshStores(databases, id));
    await stores.dags.save('prod', [aDag('a'), aDag('b')], new Date(at(1)));
  });

  const save = (...runs: ReturnType<typeof aRun>[]) =>
    stores.runs.save('prod', runs, new Date(at(28)));

  it('tells medians and percentiles of what succeeded', async () => {
    const minutes = Array.from({ length: 20 }, (_, i) => i + 1);
    await save(
      ...minutes.map(minute =>
        aRun('a', at(10, minute), {
          durationMs: minute * 60_000,
          startedAt: new Date(
            Date.parse(at(10, minute)) + minute * 1_000,
          ).toISOString(),
        }),
      ),
      aRun('a', at(11), { state: 'failed', durationMs: 1, queuedAt: null }),
      aRun('a', at(9), { durationMs: 1 }),
      aRun('b', at(11), { durationMs: 1 }),
    );
    expect(await stores.statistics.runs('prod', 'a', new Date(at(10)))).toEqual(
      {
        runs: 21,
        success: 20,
        failed: 1,
        medianMs: 10 * 60_000,
        p95Ms: 19 * 60_000,
        queuedMs: 10_000,
      },
    );
  });

  it('tells of none what there is none of', async () => {
    expect(await stores.statistics.runs('prod', 'a', new Date(at(1)))).toEqual({
      runs: 0,
      success: 0,
      failed: 0,
      medianMs: null,
      p95Ms: null,
      queuedMs: null,
    });
    expect(await stores.statistics.storedSince('prod', 'a')).toBeNull();
  });

  it('counts by the spans that it is given, ends left out', async () => {
    await save(
      aRun('a', at(10)),
      aRun('a', at(10, 23), { state: 'failed' }),
      aRun('a', at(11), { state: 'running', endedAt: null, durationMs: null }),
      aRun('a', at(13)),
      aRun('b', at(10)),
    );
    expect(await stores.statistics.calendar('prod', 'a', days(10, 13))).toEqual(
      [
        { startsAt: at(10), success: 1, failed: 1, unfinished: 0 },
        { startsAt: at(11), success: 0, failed: 0, unfinished: 1 },
      ],
    );
    expect(await stores.statistics.storedSince('prod', 'a')).toBe(at(10));
  });

  it('counts a run on the day for which it was due, also where Airflow 2 names the day before', async () => {
    await save(
      aRun('a', at(10), { dueAt: at(11), endedAt: at(11, 1) }),
      aRun('a', at(9, 1), { type: 'manual' }),
    );
    const cells = await stores.statistics.calendar('prod', 'a', days(9, 13));
    expect(cells.map(({ startsAt }) => startsAt)).toEqual([at(9), at(11)]);
  });

  it('names the newest ended runs', async () => {
    await save(
      aRun('a', at(10)),
      aRun('a', at(11), { state: 'failed' }),
      aRun('a', at(12), { state: 'running', endedAt: null, durationMs: null }),
    );
    const { items, total } = await stores.statistics.ended(
      'prod',
      'a',
      new Date(at(1)),
      1,
    );
    expect([items.map(run => run.runAfter), total]).toEqual([[at(11)], 2]);
  });

  it('asks the index on when runs of one DAG were due', async () => {
    const dags = Array.from({ length: 20 }, (_, i) => `d${i}`).concat('a');
    const hours = Array.from({ length: 50 }, (_, i) => at(1, 12 * i));
    await save(...dags.flatMap(dag => hours.map(hour => aRun(dag, hour))));
    await db.raw('analyze');
    const since = new Date(at(15));
    const plans = await plansOf(db, async () => {
      await stores.statistics.runs('prod', 'a', since);
      await stores.statistics.ended('prod', 'a', since, 10);
      await stores.statistics.calendar('prod', 'a', days(1, 28));
      await stores.statistics.storedSince('prod', 'a');
    });
    expect(plans).toHaveLength(7);
    const [ofCalendar] = plans.slice(-2);
    // SQLite looks up each span, and not all runs of the DAG for each; PostgreSQL counts what is cheaper.
    expect(
      id.startsWith('POSTGRES') || ofCalendar.includes('for_at>? AND for_at<?'),
    ).toBe(true);
    expect(
      plans.filter(plan => !/airflow_runs_(place|outcome|of_dag)/.test(plan)),
    ).toEqual([]);
    expect(
      plans.filter(plan =>
        /Seq Scan on airflow|SCAN (r|airflow_runs)\b/.test(plan),
      ),
    ).toEqual([]);
  });
});
