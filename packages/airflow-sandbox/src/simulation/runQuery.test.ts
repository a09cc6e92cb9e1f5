import fc from 'fast-check';
import { demoFleet } from '../fleet/demo';
import { generatedFleet } from '../fleet/generated';
import { LiveCluster, liveFleet } from './fleet';
import { RunSortKey } from './runSort';

const NOW = Date.parse('2026-03-31T03:20:00Z');
const HOUR = 3_600_000;

function cluster(name: string, now: () => number = () => NOW): LiveCluster {
  const found = liveFleet(demoFleet(NOW), 7, now).get(name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

const CLUSTERS = ['prod-eu', 'prod-us', 'staging-eu'];

describe('RunQueries', () => {
  it('gives the same answer for the same seed and time', () => {
    const ask = () => {
      const { runs, simulation } = cluster('prod-us');
      return runs
        .list({
          dags: simulation.dagBag.all(),
          sort: 'run_after',
          descending: true,
          offset: 40,
          limit: 60,
        })
        .runs.map(r => [
          r.dag.dagId,
          r.runId,
          r.state,
          r.startAt,
          r.endAt,
          r.updatedAt,
        ]);
    };
    expect(ask()).toEqual(ask());
  });

  it.each(CLUSTERS)('pages of %s, concatenated, are the whole', name => {
    const { runs, simulation } = cluster(name);
    const dags = simulation.dagBag.all();
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 97 }),
        fc.boolean(),
        fc.constantFrom<RunSortKey>('run_after', 'logical_date', 'start_date'),
        fc.integer({ min: 1, max: 60 }),
        (limit, descending, sort, hours) => {
          const window = { from: NOW - hours * HOUR };
          const range =
            name === 'prod-eu' && sort === 'logical_date'
              ? { logicalDate: window }
              : { runAfter: window };
          const query = { dags, sort, descending, ...range };
          const whole = runs.list({ ...query, offset: 0, limit: 10_000 });
          expect(whole.runs).toHaveLength(whole.total);
          const paged: string[] = [];
          for (let offset = 0; offset < whole.total; offset += limit) {
            const page = runs.list({ ...query, offset, limit });
            expect(page.total).toBe(whole.total);
            paged.push(...page.runs.map(r => `${r.dag.dagId} ${r.runId}`));
          }
          expect(paged).toEqual(
            whole.runs.map(r => `${r.dag.dagId} ${r.runId}`),
          );
          expect(new Set(paged).size).toBe(paged.length);
        },
      ),
      { numRuns: 12 },
    );
  });

  it.each(CLUSTERS)('counts in %s by arithmetic what a scan finds', name => {
    const { runs, simulation } = cluster(name);
    for (const dag of simulation.dagBag.all()) {
      const page = runs.list({
        dags: [dag],
        sort: 'run_after',
        descending: false,
        offset: 0,
        limit: 1,
      });
      expect([dag.dagId, page.total]).toEqual([
        dag.dagId,
        runs.scan({ dags: [dag] }).length,
      ]);
    }
  });

  it.each(CLUSTERS)('finds every run of %s by its id', name => {
    const { runs, simulation } = cluster(name);
    for (const run of runs.scan({
      dags: simulation.dagBag.all(),
      runAfter: { from: NOW - 30 * HOUR },
    })) {
      const found = simulation.findRun(run.dag, run.runId);
      expect([run.dag.dagId, found?.runAfter]).toEqual([
        run.dag.dagId,
        run.runAfter,
      ]);
    }
  });

  it('orders 2.x by logical date as a scan would', () => {
    const { runs, simulation } = cluster('prod-eu');
    const page = runs.list({
      dags: simulation.dagBag.all(),
      sort: 'logical_date',
      descending: true,
      offset: 0,
      limit: 200,
    });
    const dates = page.runs.map(r => r.logicalDate ?? 0);
    expect(dates).toEqual([...dates].sort((a, b) => b - a));
    const all = runs.scan({
      dags: simulation.dagBag.all(),
      logicalDate: { from: dates[dates.length - 1] + 1 },
    });
    const newest = all.map(r => r.logicalDate ?? 0).sort((a, b) => b - a);
    expect(dates.slice(0, newest.length)).toEqual(newest);
  });

  it('lets deltas by updated_at see every change', () => {
    let now = NOW;
    const { runs, simulation } = cluster('prod-us', () => now);
    const dags = simulation.dagBag.all();
    const known = new Map<string, string>();
    const read = (from: number) => {
      for (const run of runs.list({
        dags,
        updatedAt: { from },
        sort: 'updated_at',
        descending: false,
        offset: 0,
        limit: 10_000,
      }).runs) {
        known.set(`${run.dag.dagId} ${run.runId}`, run.state);
      }
    };
    read(NOW - 3 * HOUR);
    for (let i = 0; i < 120; i++) {
      const last = now;
      now += 61_000;
      read(last);
    }
    for (const run of runs.scan({ dags, runAfter: { from: NOW - 2 * HOUR } })) {
      const key = `${run.dag.dagId} ${run.runId}`;
      expect([key, known.get(key)]).toEqual([key, run.state]);
    }
  });

  it('never rewrites the past as time goes on', () => {
    let now = NOW;
    const { runs, simulation } = cluster('prod-eu', () => now);
    const ended = () =>
      runs
        .scan({
          dags: simulation.dagBag.all(),
          endDate: { from: NOW - 48 * HOUR, to: NOW },
        })
        .map(r => `${r.dag.dagId} ${r.runId} ${r.state} ${r.endAt}`)
        .sort();
    const before = ended();
    now += 9 * HOUR;
    expect(ended()).toEqual(before);
  });
});

describe('generated fleets', () => {
  it('describe 20 x 1000 DAGs of both versions without making them', () => {
    const fleet = generatedFleet({
      clusters: 20,
      dagsPerCluster: 1000,
      anchor: NOW,
    });
    expect(fleet.clusters).toHaveLength(20);
    expect(new Set(fleet.clusters.map(c => c.version))).toEqual(
      new Set(['2.11.2', '3.3.2']),
    );
    const [first] = fleet.clusters;
    expect(first.dags).toHaveLength(1000);
    expect(new Set(first.dags.map(d => d.dagId)).size).toBe(1000);
    // Task lists are shared, or a big fleet would not fit.
    expect(new Set(first.dags.map(d => d.tasks)).size).toBeLessThan(10);
  });

  it('answer a page deep in months of history', () => {
    const live = liveFleet(
      generatedFleet({ clusters: 1, dagsPerCluster: 200, anchor: NOW }),
      1,
      () => NOW,
    ).get('cluster-001');
    if (!live) throw new Error('no cluster');
    const page = live.runs.list({
      dags: live.simulation.dagBag.all(),
      sort: 'run_after',
      descending: true,
      offset: 100_000,
      limit: 100,
    });
    expect(page.total).toBeGreaterThan(150_000);
    expect(page.runs).toHaveLength(100);
  });
});
