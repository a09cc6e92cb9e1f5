import { demoFleet } from '../fleet/demo';
import { RunFacts } from './run';
import { graphOf } from './graph';
import { LiveCluster, liveFleet } from './fleet';

const NOW = Date.parse('2026-11-24T03:30:00Z');

function demo(name: string) {
  let now = NOW;
  const cluster = liveFleet(demoFleet(NOW), 1, () => now).get(name);
  if (!cluster) throw new Error(`no ${name}`);
  return { cluster, wait: (seconds: number) => (now += seconds * 1000) };
}

function dagOf({ simulation }: LiveCluster, dagId: string) {
  const dag = simulation.dagBag.get(dagId);
  if (!dag) throw new Error(`no ${dagId}`);
  return dag;
}

function states({ simulation }: LiveCluster, run: RunFacts) {
  const fresh = simulation.facts(run);
  return [...simulation.taskInstances(fresh)].map(
    t => `${t.planned.task.taskId} ${t.state} ${t.tryNumber}`,
  );
}

const BY_HAND = { logicalDate: null, note: null, user: 'admin' };

describe('task instances', () => {
  it.each(['prod-eu', 'prod-us', 'staging-eu'])(
    'of %s agree with their runs and with each other',
    name => {
      const { cluster } = demo(name);
      const { simulation, runs } = cluster;
      const recent = runs.scan({
        dags: simulation.dagBag.all(),
        runAfter: { from: NOW - 12 * 3_600_000 },
      });
      expect(recent.length).toBeGreaterThan(50);
      const doubtful = recent.filter(run => {
        const tasks = [...simulation.taskInstances(run)];
        const failed = tasks.some(
          t => t.state === 'failed' || t.state === 'upstream_failed',
        );
        const open = tasks.some(t => t.state === null || t.endAt === null);
        return (
          (run.state === 'failed' && !failed) ||
          (run.state === 'success' && (failed || open)) ||
          tasks.some(
            t =>
              (t.startAt ?? Infinity) < Math.floor(run.startAt ?? -Infinity) ||
              (t.endAt ?? -Infinity) > (run.endAt ?? Infinity),
          )
        );
      });
      expect(doubtful.map(run => `${run.dag.dagId} ${run.runId}`)).toEqual([]);
    },
  );

  it('start after what they wait for has ended', () => {
    const { cluster } = demo('prod-us');
    const { simulation, runs } = cluster;
    for (const run of runs.scan({
      dags: simulation.dagBag.all(),
      runAfter: { from: NOW - 6 * 3_600_000 },
      states: new Set(['success']),
    })) {
      const ends = new Map<string, number>();
      for (const task of simulation.taskInstances(run)) {
        const { taskId, upstream } = task.planned.task;
        for (const id of upstream) {
          expect(task.startAt ?? Infinity).toBeGreaterThanOrEqual(
            (ends.get(id) ?? 0) - 1,
          );
        }
        ends.set(taskId, Math.max(ends.get(taskId) ?? 0, task.endAt ?? 0));
      }
    }
  });

  it('of load_orders failed in extract for the last three runs', () => {
    const { cluster } = demo('prod-eu');
    const dag = dagOf(cluster, 'load_orders');
    const { runs } = cluster.runs.list({
      dags: [dag],
      sort: 'run_after',
      descending: true,
      offset: 0,
      limit: 4,
    });
    expect(runs.map(r => r.state)).toEqual([
      'failed',
      'failed',
      'failed',
      'success',
    ]);
    expect(new Date(runs[2].runAfter).toISOString()).toBe(
      '2026-11-24T01:00:00.000Z',
    );
    expect(states(cluster, runs[0])).toEqual([
      'extract failed 2',
      'transform upstream_failed 0',
      'quality.check_nulls upstream_failed 0',
      'quality.check_totals upstream_failed 0',
      'load upstream_failed 0',
      'notify success 1',
    ]);
  });

  it('go through a triggered run within seconds', () => {
    const { cluster, wait } = demo('prod-eu');
    const dag = dagOf(cluster, 'load_orders');
    const run = cluster.actions.trigger(dag, {
      ...BY_HAND,
      logicalDate: NOW,
      conf: {},
    });
    expect(run.state).toBe('queued');
    wait(3);
    expect(cluster.simulation.facts(run).state).toBe('running');
    wait(8);
    expect(cluster.simulation.facts(run).state).toBe('success');
  });

  it('fail when conf says so, and succeed once cleared', () => {
    const { cluster, wait } = demo('prod-eu');
    const dag = dagOf(cluster, 'load_orders');
    const run = cluster.actions.trigger(dag, {
      ...BY_HAND,
      logicalDate: NOW,
      conf: { fail: true },
    });
    wait(15);
    const failed = cluster.simulation.facts(run);
    expect(failed.state).toBe('failed');
    const selection = {
      upstream: false,
      downstream: true,
      onlyFailed: true,
      onlyRunning: false,
    };
    const tasks = cluster.actions.selectTasks(failed, {
      ...selection,
      taskIds: ['extract'],
    });
    expect(tasks).toHaveLength(5);
    cluster.actions.clear(failed, tasks, true);
    expect(cluster.simulation.facts(run).state).toBe('queued');
    wait(3);
    expect(cluster.simulation.facts(run).state).toBe('running');
    wait(12);
    expect(cluster.simulation.facts(run).state).toBe('success');
    expect(states(cluster, run)[0]).toBe('extract success 3');
  });

  it('marked success give what failed below them another chance', () => {
    const { cluster, wait } = demo('prod-eu');
    const dag = dagOf(cluster, 'load_orders');
    const [run] = cluster.runs.list({
      dags: [dag],
      sort: 'run_after',
      descending: true,
      offset: 0,
      limit: 1,
    }).runs;
    const planned = graphOf(dag).tasks[0];
    cluster.actions.markTasks(
      run,
      [...cluster.simulation.tasksOf(run, planned)],
      'success',
    );
    wait(15);
    expect(cluster.simulation.facts(run).state).toBe('success');
    expect(states(cluster, run)[4]).toBe('load success 1');
  });

  it.each([
    ['prod-eu', 'load_orders'],
    ['prod-us', 'sync_crm'],
  ])('of %s are what they were marked after their run was', (name, dagId) => {
    const { cluster, wait } = demo(name);
    const [run] = cluster.runs.list({
      dags: [dagOf(cluster, dagId)],
      states: new Set(['success']),
      sort: 'run_after',
      descending: true,
      offset: 0,
      limit: 1,
    }).runs;
    cluster.actions.markRun(run, 'success');
    wait(1);
    const planned = graphOf(run.dag).tasks[0];
    const { simulation } = cluster;
    const first = () => [...simulation.tasksOf(simulation.facts(run), planned)];
    cluster.actions.markTasks(run, first(), 'failed');
    expect(first().map(({ state }) => state)).toEqual(
      first().map(() => 'failed'),
    );
  });

  it('of a paused DAG wait, and no scheduled run is created', () => {
    const { cluster, wait } = demo('prod-eu');
    const dag = dagOf(cluster, 'settle_payments');
    cluster.simulation.overlay.setPaused(dag.dagId, true, NOW);
    const run = cluster.actions.trigger(dag, {
      ...BY_HAND,
      logicalDate: NOW,
      conf: {},
    });
    wait(7260);
    expect(cluster.simulation.facts(run).state).toBe('queued');
    const later = () =>
      cluster.runs.list({
        dags: [dag],
        runAfter: { from: NOW + 1 },
        sort: 'run_after',
        descending: true,
        offset: 0,
        limit: 5,
      });
    expect(later().total).toBe(0);
    cluster.simulation.overlay.setPaused(
      dag.dagId,
      false,
      cluster.simulation.now(),
    );
    wait(20);
    expect(cluster.simulation.facts(run).state).toBe('success');
    wait(1800);
    expect(later().total).toBe(1);
  });

  it('wait for a person and go on when answered', () => {
    const { cluster, wait } = demo('prod-us');
    const dag = dagOf(cluster, 'limit_changes');
    const [run] = cluster.runs.list({
      dags: [dag],
      sort: 'run_after',
      descending: true,
      offset: 0,
      limit: 1,
    }).runs;
    expect(states(cluster, run)).toEqual([
      'propose success 1',
      'approve awaiting_input 1',
      'apply null 0',
    ]);
    cluster.actions.answer(run, 'approve', ['Approve'], {}, 'admin');
    wait(120);
    expect(cluster.simulation.facts(run).state).toBe('success');
  });

  it('keep the announced run in the past while the scheduler is dead', () => {
    const { cluster, wait } = demo('prod-eu');
    const dag = dagOf(cluster, 'settle_payments');
    cluster.simulation.overlay.setComponent('scheduler', NOW, NOW);
    wait(7200);
    expect(cluster.simulation.nextRun(dag)?.runAfter).toBe(
      Date.parse('2026-11-24T03:30:00Z'),
    );
    cluster.simulation.overlay.setComponent(
      'scheduler',
      null,
      cluster.simulation.now(),
    );
    wait(10);
    expect(cluster.simulation.nextRun(dag)?.runAfter).toBe(
      Date.parse('2026-11-24T06:00:00Z'),
    );
  });
});
