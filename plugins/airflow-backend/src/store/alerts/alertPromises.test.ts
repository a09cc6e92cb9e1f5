import type { Stores } from '..';
import type { AirflowRun } from '../../airflow';
import { aFinding, anAlertOf } from '../../__testUtils__/alerts';
import { freshStores, testDatabases } from '../../__testUtils__/databases';
import { aDag, aRun } from '../../__testUtils__/rows';

const databases = testDatabases();
const at = (time: string) => `2026-11-24T${time}:00.000Z`;
const now = new Date(at('12:00'));
const cluster = {
  name: 'prod',
  title: 'Production',
  environment: 'production',
  owner: null,
};
const intervalsMs = { health: 30_000, inventory: 120_000, runs: 30_000 };

/** A run that was due and ended at these times. */
const run = (
  dagId: string,
  due: string,
  ended: string | null,
  more: Partial<AirflowRun> = {},
) => aRun(dagId, at(due), { endedAt: ended && at(ended), ...more });

describe.each(databases.eachSupportedId())(
  'what Airflow announced on %s',
  id => {
    let stores: Stores;

    beforeEach(async () => {
      ({ stores } = await freshStores(databases, id));
    });

    const announce = async (...nextRuns: string[]) => {
      for (const next of nextRuns) {
        const before = new Date(Date.parse(at(next)) - 60_000);
        await stores.dags.save(
          'prod',
          [aDag('hourly', { nextRunAt: at(next) })],
          before,
        );
      }
    };
    /** What is known of the DAG. */
    const hourly = async (everyDag = false, then = now) => {
      const facts = await stores.alertFacts.read(cluster, {
        watchedSince: now,
        intervalsMs,
        now: then,
        everyDag,
      });
      return facts.dags.get('hourly');
    };
    const unkept = async () =>
      (await hourly())?.unkeptPromises.map(({ runAfter }) =>
        runAfter.slice(11, 16),
      );

    it('tells what is due and did not come, oldest first', async () => {
      await announce('09:00', '10:00', '11:00', '12:30');
      await stores.runs.save('prod', [run('hourly', '09:00', '09:05')], now);
      expect(await unkept()).toEqual(['10:00', '11:00']);
    });

    it('takes the end of its interval for the moment when a run of Airflow 2 was due', async () => {
      await announce('10:00');
      await stores.runs.save(
        'prod',
        [run('hourly', '09:00', '10:05', { dueAt: at('10:00') })],
        now,
      );
      expect(await unkept()).toBeUndefined();
      expect((await hourly(true))?.lastRun).toMatchObject({
        runAfter: at('09:00'),
        dueAt: at('10:00'),
      });
    });

    it('holds no run that somebody started for one that was announced', async () => {
      await announce('10:00');
      const manual = run('hourly', '10:30', '10:35', {
        type: 'manual',
        runId: 'by hand',
      });
      await stores.runs.save('prod', [manual], now);
      expect(await unkept()).toEqual(['10:00']);
      expect((await hourly())?.lastRun).toBeNull();
    });

    it.each([
      ['ahead', 0, 30],
      ['back', 30, 0],
    ])(
      'tells what came of what an alert is about, though the clock was set %s since',
      async (_where, ...minutes) => {
        const [before, after] = minutes.map(min => min * 60_000);
        const setClock = (offsetMs: number, time: string) =>
          stores.clusters.save('prod', {
            info: {
              airflowVersion: '3.3.2',
              apiVersion: 'v2',
              capabilities: [],
            },
            components: [],
            clock: { offsetMs, measuredAt: at(time) },
            readAt: new Date(at(time)),
          });
        await setClock(before, '09:00');
        await announce('10:00');
        const alert = anAlertOf(
          aFinding({
            ruleType: 'run-missed',
            subject: { kind: 'dag', cluster: 'prod', dagId: 'hourly' },
            runId: null,
            since: new Date(Date.parse(at('10:00')) - before).toISOString(),
          }),
        );
        await stores.alerts.transaction(trx =>
          stores.alerts.apply(trx, { alerts: [alert], events: [] }),
        );
        await setClock(after, '10:15');
        const came = run('hourly', '10:00', '10:45', {
          startedAt: at('10:40'),
        });
        await stores.runs.save('prod', [came], now);
        const runs = (await hourly())?.runsSinceMissed;
        expect(runs?.map(({ runId }) => runId)).toEqual([came.runId]);
      },
    );

    it('forgives what was missed more than a day ago', async () => {
      await announce('10:00');
      const tomorrow = new Date('2026-11-25T10:30:00.000Z');
      expect(await hourly(false, tomorrow)).toBeUndefined();
    });
  },
);
