import { mockServices } from '@backstage/backend-test-utils';
import { aFinding, anAlertOf, theFacts } from '../__testUtils__/alerts';
import { FakeClient } from '../__testUtils__/FakeClient';
import { freshStores, testDatabases } from '../__testUtils__/databases';
import { aDag, aRun } from '../__testUtils__/rows';
import { AirflowError, type AirflowDag } from '../airflow';
import { dags } from '../airflow/areas/dags';
import { runs } from '../airflow/areas/runs';
import type { Stores } from '../store';
import { PromiseCheck } from './PromiseCheck';

const databases = testDatabases();
const due = '2026-11-24T02:00:00.000Z';

const missed = (dagId: string) =>
  aFinding({
    fingerprint: `run-missed/${dagId}`,
    ruleType: 'run-missed',
    subject: { kind: 'dag', cluster: 'prod', dagId },
    occurrence: due,
  });

/** An Airflow that counts what it is asked. */
function anAirflow(answer: (dagId: string) => AirflowDag) {
  const asked: string[] = [];
  return {
    asked,
    client: new FakeClient('prod')
      .with(dags, () => ({
        get: async dagId => {
          asked.push(`dag ${dagId}`);
          return answer(dagId);
        },
      }))
      .with(runs, () => ({
        async *list({ dagId = '' }) {
          asked.push(`runs ${dagId}`);
          const run = {
            ...aRun(dagId, due),
            conf: '{}',
            dataIntervalStart: null,
            dataIntervalEnd: null,
          };
          yield { items: [run], skipped: 0 };
          throw new Error('asked for a second page');
        },
      })),
  };
}

describe('PromiseCheck', () => {
  let stores: Stores;
  let check: PromiseCheck;

  beforeEach(async () => {
    ({ stores } = await freshStores(databases, 'SQLITE_3'));
    check = new PromiseCheck(stores, mockServices.logger.mock());
  });

  it('asks for the DAG and its newest runs once, and stores the answer', async () => {
    const { client, asked } = anAirflow(dagId => aDag(dagId));
    const findings = [missed('a')];
    expect(check.doubtful(theFacts(), findings, [])).toEqual(findings);
    expect(await check.ask(client, findings)).toBe(true);
    expect(asked).toEqual(['dag a', 'runs a']);
    expect(await stores.runs.recent('prod', 'a', 5)).toHaveLength(1);
    expect(check.doubtful(theFacts(), findings, [])).toEqual([]);
  });

  it('asks for no runs of a DAG that is paused', async () => {
    const { client, asked } = anAirflow(dagId => aDag(dagId, { paused: true }));
    await check.ask(client, [missed('a')]);
    expect(asked).toEqual(['dag a']);
    expect((await stores.dags.get('prod', 'a'))?.paused).toBe(true);
  });

  it('asks about ten DAGs at a time, and of the others they stay in doubt', async () => {
    const { client, asked } = anAirflow(dagId => aDag(dagId));
    const findings = Array.from({ length: 25 }, (_, i) => missed(`dag-${i}`));
    await check.ask(client, findings);
    expect(asked).toHaveLength(20);
    expect(check.doubtful(theFacts(), findings, [])).toHaveLength(15);
  });

  it('tells it after three tries, when Airflow does not answer', async () => {
    const { client } = anAirflow(() => {
      throw new AirflowError({
        code: 'server-error',
        cluster: 'prod',
        attempted: 'GET /dags/a',
        hint: 'Look at its log',
        message: 'out of order',
      });
    });
    const findings = [missed('a')];
    for (const left of [1, 1, 0]) {
      expect(await check.ask(client, findings)).toBe(false);
      expect(check.doubtful(theFacts(), findings, [])).toHaveLength(left);
    }
  });

  it('does not doubt what is told already, other rules, and what has a known cause', () => {
    const finding = missed('a');
    const dead = theFacts({
      components: [
        { name: 'scheduler', status: 'unhealthy', heartbeatAt: null },
      ],
    });
    expect(check.doubtful(theFacts(), [finding], [anAlertOf(finding)])).toEqual(
      [],
    );
    expect(check.doubtful(theFacts(), [aFinding()], [])).toEqual([]);
    expect(check.doubtful(dead, [finding], [])).toEqual([]);
  });
});
