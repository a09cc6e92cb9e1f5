import type { Knex } from 'knex';
import type { Stores } from '..';
import type { AirflowRun } from '../../airflow';
import type { ClusterFacts } from '../../model/clusterFacts';
import { isPostgres } from '../kit/dialect';
import { aFinding, anAlertOf } from '../../__testUtils__/alerts';
import { keepPresences } from '../../__testUtils__/inventories';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { plansOf } from '../../__testUtils__/plans';
import { aDag, aRun, vanished } from '../../__testUtils__/rows';

const databases = testDatabases();
const at = (time: string) => `2026-11-24T${time}:00.000Z`;
const now = new Date(at('12:00'));
const cluster = {
  name: 'prod',
  title: 'Production',
  environment: 'production',
  owner: null,
};

/** A run that was due and ended at these times. */
const run = (
  dagId: string,
  due: string,
  ended: string | null,
  more: Partial<AirflowRun> = {},
) => aRun(dagId, at(due), { endedAt: ended && at(ended), ...more });

const failed = { state: 'failed' } as const;
const running = { state: 'running' } as const;

const intervalsMs = { health: 30_000, inventory: 120_000, runs: 30_000 };

describe.each(databases.eachSupportedId())('AlertFactStore on %s', id => {
  let db: Knex;
  let stores: Stores;

  beforeEach(async () => {
    ({ db, stores } = await freshStores(databases, id));
  });

  const save = async (dagIds: string[], runs: AirflowRun[] = []) => {
    const dags = dagIds.map(dagId => aDag(dagId));
    await stores.dags.save('prod', dags, new Date(at('01:00')));
    await stores.runs.save('prod', runs, now);
  };
  const read = (everyDag = false) =>
    stores.alertFacts.read(cluster, {
      watchedSince: now,
      intervalsMs,
      now,
      everyDag,
    });
  const dagOf = (facts: ClusterFacts, dagId: string) => {
    const dag = facts.dags.get(dagId);
    if (!dag) throw new Error(`no facts of ${dagId}`);
    return dag;
  };

  it('knows of no DAG about which nothing is to be said', async () => {
    await save(['fine', 'new'], [run('fine', '02:00', '02:05')]);
    expect([...(await read()).dags.keys()]).toEqual([]);
    const every = await read(true);
    expect([...every.dags.keys()]).toEqual(['fine', 'new']);
    expect(dagOf(every, 'fine')).toMatchObject({
      lastSuccess: { dueAt: at('02:00') },
      lastRun: { dueAt: at('02:00') },
      firstSeenAt: at('01:00'),
    });
  });

  it('counts how a DAG failed in a row, by what its runs are for', async () => {
    await save(
      ['down', 'back'],
      [
        run('down', '01:00', '01:05', failed),
        run('down', '02:00', '10:00'),
        run('down', '03:00', '09:00', failed),
        run('down', '04:00', '04:05', failed),
        run('down', '05:00', null, running),
        run('back', '02:00', '02:05', failed),
        run('back', '03:00', '03:05'),
      ],
    );
    const facts = await read();
    expect([...facts.dags.keys()]).toEqual(['down']);
    const down = dagOf(facts, 'down');
    expect(down.failedRuns.map(({ dueAt }) => dueAt)).toEqual([
      at('04:00'),
      at('03:00'),
    ]);
    expect(down.failuresInARow).toBe(2);
    expect(down.failingSince).toBe(at('04:05'));
    expect(down.lastSuccess?.dueAt).toBe(at('02:00'));
    expect(down.unfinishedRuns.map(({ dueAt }) => dueAt)).toEqual([
      at('05:00'),
    ]);
  });

  it('leaves out of a row what failed for the moment of the success, but before it by id', async () => {
    const failedFirst = { ...failed, runId: 'a' };
    await save(
      ['down'],
      [
        run('down', '02:00', '02:05', failedFirst),
        run('down', '02:00', '02:06', { runId: 'b' }),
        run('down', '02:00', '02:07', { ...failed, runId: 'c' }),
      ],
    );
    const { failedRuns, failuresInARow } = dagOf(await read(), 'down');
    expect(failedRuns.map(({ runId }) => runId)).toEqual(['c']);
    expect(failuresInARow).toBe(1);
  });

  describe('of runs that a newer success had overtaken', () => {
    const overtaken = async (when = now) => {
      const facts = await stores.alertFacts.read(cluster, {
        watchedSince: now,
        intervalsMs,
        now: when,
        everyDag: false,
      });
      return facts.dags.get('filled')?.overtakenRuns.map(({ dueAt }) => dueAt);
    };
    const runs = [
      run('filled', '05:00', '05:05'),
      run('filled', '02:00', '11:10', failed),
      run('filled', '01:00', '11:05', failed),
      run('filled', '04:00', '04:05', failed),
    ];

    it('tells those that failed lately, the last one to fail first', async () => {
      await save(['filled'], runs);
      expect(await overtaken()).toEqual([at('02:00'), at('01:00')]);
      expect(dagOf(await read(), 'filled').failuresInARow).toBe(0);
    });

    it('tells older ones while an alert of them is open', async () => {
      await save(['filled'], runs);
      const nextDay = new Date('2026-11-25T11:07:00.000Z');
      expect(await overtaken(nextDay)).toEqual([at('02:00')]);
      const alert = anAlertOf(
        aFinding({
          ruleType: 'older-run-failed',
          subject: { kind: 'dag', cluster: 'prod', dagId: 'filled' },
          runId: runs[1].runId,
          since: at('11:05'),
        }),
      );
      await stores.alerts.transaction(trx =>
        stores.alerts.apply(trx, { alerts: [alert], events: [] }),
      );
      const later = new Date('2026-11-27T11:07:00.000Z');
      expect(await overtaken(later)).toEqual([at('02:00'), at('01:00')]);
    });
  });

  it('tells what became of the runs that open alerts name', async () => {
    await save(['named'], [run('named', '02:00', '02:05')]);
    const alerts = [run('named', '02:00', null).runId, 'deleted', 'closed'].map(
      (runId, i) =>
        anAlertOf(
          aFinding({
            fingerprint: `run-failed/${i}`,
            subject: { kind: 'dag', cluster: 'prod', dagId: 'named' },
            runId,
          }),
          { id: runId, status: runId === 'closed' ? 'resolved' : 'firing' },
        ),
    );
    await stores.alerts.transaction(trx =>
      stores.alerts.apply(trx, { alerts, events: [] }),
    );
    const { namedRuns } = dagOf(await read(), 'named');
    expect(
      [...namedRuns].map(([runId, named]) => [runId, named?.state]),
    ).toEqual(
      expect.arrayContaining([
        [alerts[0].runId, 'success'],
        ['deleted', undefined],
      ]),
    );
    expect(namedRuns.size).toBe(2);
  });

  it('gives 25 of the runs that failed, and counts them all', async () => {
    const runs = Array.from({ length: 40 }, (_, i) => {
      const minute = String(i).padStart(2, '0');
      return run('down', `03:${minute}`, `04:${minute}`, failed);
    });
    await save(['down'], runs);
    const down = dagOf(await read(), 'down');
    expect(down.failedRuns).toHaveLength(25);
    expect(down.failedRuns[0].dueAt).toBe(at('03:39'));
    expect(down.failuresInARow).toBe(40);
    expect(down.lastSuccess).toBeNull();
  });

  it('gives what goes on, the longest first', async () => {
    await save(
      ['busy'],
      [
        run('busy', '03:00', null, running),
        run('busy', '02:00', null, running),
        run('busy', '01:00', null, {
          state: 'queued',
          startedAt: null,
          queuedAt: at('11:00'),
        }),
      ],
    );
    const { unfinishedRuns } = dagOf(await read(), 'busy');
    expect(unfinishedRuns.map(({ dueAt }) => dueAt)).toEqual([
      at('02:00'),
      at('03:00'),
      at('01:00'),
    ]);
  });

  it('knows since when a run is queued where Airflow does not tell, until it runs', async () => {
    const waiting = run('slow', '02:00', null, {
      state: 'queued',
      queuedAt: null,
      startedAt: null,
    });
    await save(['slow']);
    const since = async (time: string, own: AirflowRun) => {
      await stores.runs.save('prod', [own], new Date(at(time)));
      return dagOf(await read(), 'slow').unfinishedRuns[0].waitsSince;
    };
    expect(await since('10:00', waiting)).toBe(at('10:00'));
    expect(await since('10:30', waiting)).toBe(at('10:00'));
    expect(await since('10:40', { ...waiting, ...running })).toBeNull();
    expect(await since('10:50', waiting)).toBe(at('10:50'));
  });

  it('knows how long a run usually takes that goes on, where five succeeded', async () => {
    const hours = ['01', '02', '03', '04', '05'];
    const done = (dagId: string, minutes: readonly number[]) =>
      minutes.map((min, i) =>
        run(dagId, `${hours[i]}:00`, `${hours[i]}:30`, {
          durationMs: min * 60_000,
        }),
      );
    await save(
      ['often', 'seldom'],
      [
        ...done('often', [2, 9, 3, 1, 2]),
        ...done('seldom', [2, 2, 2, 2]),
        run('often', '09:00', null, running),
        run('seldom', '09:00', null, running),
      ],
    );
    const facts = await read();
    expect(dagOf(facts, 'often').usualMs).toBe(120_000);
    expect(dagOf(facts, 'seldom').usualMs).toBeNull();
  });

  it('leaves out DAGs that are deleted and those of other clusters', async () => {
    await save(['deleted'], [run('deleted', '02:00', '02:05', failed)]);
    await keepPresences(
      stores,
      'prod',
      new Map([
        ['deleted', { state: 'deleted', since: at('11:00'), reason: null }],
      ]),
      new Date(at('11:00')),
    );
    await stores.dags.save('other', [aDag('other')], now);
    await stores.runs.save('other', [run('other', '02:00', '02:05', failed)]);
    expect([...(await read()).dags.keys()]).toEqual([]);
  });

  it('tells what became of the runs of a DAG that no file holds any more', async () => {
    await save(['gone'], [run('gone', '10:00', null, running)]);
    await keepPresences(
      stores,
      'prod',
      vanished(at('11:00'), 'gone'),
      new Date(at('11:00')),
    );
    const ended = run('gone', '10:00', '11:20', failed);
    await stores.runs.save('prod', [ended], now);
    expect(dagOf(await read(), 'gone')).toMatchObject({
      isVanished: true,
      failedRuns: [{ runId: ended.runId }],
      unkeptPromises: [],
    });
  });

  it('tells since when a DAG is listed once more', async () => {
    await save(['back', 'always']);
    const become = (time: string, state: 'doubted' | 'listed') =>
      keepPresences(
        stores,
        'prod',
        new Map([['back', { state, since: at(time), reason: null }]]),
        new Date(at(time)),
      );
    const since = async (dagId: string) =>
      dagOf(await read(true), dagId).listedSince;
    await become('10:00', 'doubted');
    expect(await since('back')).toBeNull();
    await become('11:00', 'listed');
    expect(await since('back')).toBe(at('11:00'));
    expect(await since('always')).toBeNull();
  });

  it('tells since when a kind of fact cannot be read', async () => {
    const record = (time: string, isWell: boolean) =>
      stores.collections.record('prod', {
        kind: 'runs',
        startedAt: new Date(at(time)),
        durationMs: 1,
        requests: 1,
        skippedRows: 0,
        complete: isWell,
        problem: isWell ? null : { code: 'timeout', message: 'too slow' },
      });
    expect((await read()).readings.runs).toEqual({
      readAt: null,
      failingSince: null,
      problem: null,
      tried: null,
      everyMs: 30_000,
    });
    await record('09:00', true);
    await record('09:30', false);
    await record('10:00', false);
    expect((await read()).readings.runs).toEqual({
      readAt: at('09:00'),
      failingSince: at('09:30'),
      problem: { code: 'timeout', message: 'too slow' },
      tried: { firstAt: at('09:00'), lastAt: at('10:00') },
      everyMs: 30_000,
    });
    await record('10:30', true);
    expect((await read()).readings.runs).toEqual({
      readAt: at('10:30'),
      failingSince: null,
      problem: null,
      tried: { firstAt: at('09:00'), lastAt: at('10:30') },
      everyMs: 30_000,
    });
  });

  it('asks a fixed number of questions, answered from indexes', async () => {
    const ofNone = await plansOf(db, () => read());
    const ids = Array.from({ length: 400 }, (_, i) => `dag ${i} ü"'?`);
    await save(
      ids,
      ids.flatMap(dagId => [
        run(dagId, '02:00', '02:05'),
        run(dagId, '03:00', '03:05', failed),
        run(dagId, '04:00', null, running),
      ]),
    );
    expect((await read()).dags.size).toBe(400);
    const plans = await plansOf(db, () => read());
    expect(plans).toHaveLength(ofNone.length);
    expect(plans).toHaveLength(15);
    const whole = plans.filter(plan =>
      /Seq Scan on airflow_|SCAN (r|p|d|airflow_\w+)(?! USING)/.test(plan),
    );
    expect(whole).toEqual([]);
    // Where DAGs are given with a moment each, every one of them is looked up; but what failed lately is few.
    const lookUps = plans.filter(plan => /json(b_array)?_e/.test(plan));
    // What failed within the day is shown whether its DAG is looked up or not, and PostgreSQL sees that.
    expect(lookUps).toHaveLength(isPostgres(db) ? 6 : 7);
    for (const plan of lookUps) {
      expect(plan).toMatch(
        /json_each.*SEARCH [rp] .*dag_id=|SEARCH r USING INDEX airflow_runs_finished \(state=\? AND|jsonb_/,
      );
    }
    expect(plans.join()).toContain('airflow_runs_outcome');
    expect(plans.join()).toContain('airflow_runs_due');
    expect(plans.join()).toContain('airflow_runs_unfinished');
  });
});
