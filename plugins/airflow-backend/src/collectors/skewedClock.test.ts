import type {
  Alert,
  Cluster,
  DagRun,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import {
  generatedFleet,
  startSandbox,
  type FleetDefinition,
} from 'airflow-sandbox';
import { startPortal, type Portal } from '../__testUtils__/portal';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const clusters = { two: 'basic', three: 'airflow3' } as const;
const names = ['two', 'three'] as const;

/** A DAG that runs every ten minutes, and one that runs when somebody triggers it. */
function fleet(): FleetDefinition {
  const made = generatedFleet({ clusters: 2, dagsPerCluster: 2 }).clusters;
  return {
    clusters: names.map((name, i) => {
      const [first, second] = made[i].dags;
      return {
        ...made[i],
        name,
        dags: [
          {
            ...first,
            dagId: 'often',
            schedule: {
              kind: 'cron',
              expression: '*/10 * * * *',
              timezone: 'UTC',
              description: 'Every 10 minutes',
            },
            failureRate: 0,
            incidents: [],
            delays: [],
          },
          {
            ...second,
            dagId: 'quiet',
            schedule: { kind: 'none', manualPerDay: 0 },
            params: {},
          },
        ],
      };
    }),
  };
}

describe('a cluster whose clock is apart', () => {
  let portal: Portal;
  let skewMs = 0;
  let triggered = 0;

  beforeAll(async () => {
    const sandbox = await startSandbox({
      fleet: fleet(),
      port: 0,
      now: () => Date.now() + skewMs,
    });
    portal = await startPortal({
      over: {
        sandbox,
        airflow: {
          clusters: names.map(name => ({
            name,
            baseUrl: `${sandbox.url}/${name}`,
            auth: {
              type: clusters[name],
              username: 'admin',
              password: 'admin',
            },
            limits: { requestsPerMinute: 100_000 },
          })),
          history: { hours: 1 },
          intervals: { health: '1h', inventory: '1h', runs: '1h' },
          alerts: {
            rules: [{ name: 'missed', type: 'run-missed', grace: '90s' }],
          },
        },
      },
    });
  });
  afterAll(() => portal.stop());
  beforeEach(() => {
    skewMs = 0;
  });

  /** Has a run started in Airflow itself, beside the portal. */
  async function trigger(name: 'two' | 'three'): Promise<string> {
    const base = `${portal.sandbox.url}/${name}`;
    const json = { 'content-type': 'application/json' };
    const runId = `by-hand-${(triggered += 1)}`;
    const send = async (path: string, body: object, authorization?: string) => {
      const answer = await fetch(base + path, {
        method: 'POST',
        headers: { ...json, ...(authorization && { authorization }) },
        body: JSON.stringify(body),
      });
      const told = await answer.json();
      expect({ ok: answer.ok, told }).toMatchObject({ ok: true });
      return told;
    };
    if (name === 'two') {
      const basic = Buffer.from('admin:admin').toString('base64');
      const body = { dag_run_id: runId };
      await send('/api/v1/dags/quiet/dagRuns', body, `Basic ${basic}`);
    } else {
      const who = { username: 'admin', password: 'admin' };
      const { access_token: token } = await send('/auth/token', who);
      const body = { dag_run_id: runId, logical_date: null };
      await send('/api/v2/dags/quiet/dagRuns', body, `Bearer ${token}`);
    }
    return runId;
  }

  async function knownRuns(name: string): Promise<string[]> {
    const { body } = await portal
      .get(`/runs?cluster=${name}&dagId=quiet&limit=250`)
      .expect(200);
    return body.items.map(({ runId }: DagRun) => runId);
  }

  async function missed(name: string): Promise<string[]> {
    const { body } = await portal.get(`/alerts?cluster=${name}`).expect(200);
    return body.items.map(({ title }: Alert) => title);
  }

  async function read(name: string): Promise<Cluster> {
    const { body } = await portal.refresh(name).expect(200);
    return body;
  }

  it.each([
    ['two', 0, 0],
    ['two', -6 * MINUTE_MS, -360],
    ['two', 6 * MINUTE_MS, 360],
    ['three', -6 * MINUTE_MS, -360],
    ['three', 6 * MINUTE_MS, 360],
    ['three', -DAY_MS, -86_400],
  ] as const)(
    'Airflow %s, %d ms apart: shows by how much, sees a new run at once, misses nothing',
    async (name, apartMs, seconds) => {
      skewMs = apartMs;
      await read(name);
      await read(name);
      const runId = await trigger(name);
      const { clock, status } = await read(name);
      const errorMs = (clock?.offsetMs ?? Infinity) - seconds * 1_000;
      expect(Math.abs(errorMs)).toBeLessThanOrEqual(2_000);
      expect(status).not.toBe('unreachable');
      expect(await knownRuns(name)).toContain(runId);
      expect(await missed(name)).toEqual([]);
    },
  );

  it('sees what happened while the clock was set back and forth between readings', async () => {
    for (const apartMs of [0, -6, 0, 30, -30, 5].map(m => m * MINUTE_MS)) {
      skewMs = apartMs;
      const runId = await trigger('three');
      // The answers of one reading may still be outvoted by those before.
      await read('three');
      await read('three');
      expect(await knownRuns('three')).toContain(runId);
      expect(await missed('three')).toEqual([]);
    }
  });

  it('sees a new run with the next reading and misses none, for any clock within two days', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }),
        async (name, apartMs) => {
          skewMs = apartMs;
          await read(name);
          const runId = await trigger(name);
          await read(name);
          expect(await knownRuns(name)).toContain(runId);
          expect(await missed(name)).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });
});
