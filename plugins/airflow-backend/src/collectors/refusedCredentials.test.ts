import {
  besetClusters,
  BesetFleet,
  quietDag,
  type BesetCluster,
} from '../__testUtils__/besetFleet';
import { stopClock } from '../__testUtils__/clock';

const MINUTE_MS = 60_000;

let fleet: BesetFleet;

beforeEach(async () => {
  fleet = await BesetFleet.start();
  stopClock();
});
afterEach(async () => {
  jest.useRealTimers();
  await fleet.stop();
});

const pass = (minutes: number) => {
  jest.setSystemTime(Date.now() + minutes * MINUTE_MS);
};
const inMinutes = (minutes: number) =>
  new Date(Date.now() + minutes * MINUTE_MS).toISOString();

const runsOf = besetClusters.filter(({ kind }) => kind === 'runs');

const read = async ({ name }: BesetCluster) => {
  const { cluster } = (await fleet.look())(name);
  const found = cluster.collections.find(({ kind }) => kind === 'runs');
  if (!found) throw new Error(`The runs of ${name} were never read`);
  return found;
};
/** What the portal's scheduler does by and by. */
const readBySchedule = async (beset: BesetCluster) => {
  await fleet.portal.run(`airflow-runs-${beset.name}`);
  return read(beset);
};
/** What a person does who presses "Read again now". */
const readByHand = async (beset: BesetCluster) => {
  await fleet.portal.refresh(beset.name, ['runs']).expect(200);
  return read(beset);
};
const refuse = () => fleet.beset({ kind: 'unauthorized' });

// To wrong credentials, Airflow 2 answers with the 403 of a lacking role, and tells its version to everybody.
const refusals = runsOf.flatMap(beset => [
  { beset, airflow: beset.airflow, kind: 'unauthorized' as const },
  ...(beset.airflow === 2
    ? [{ beset, airflow: 2, kind: 'forbidden' as const }]
    : []),
]);

it.each(refusals)(
  'credentials to which Airflow $airflow says $kind are tried again after pauses that grow, up to an hour',
  async ({ beset, kind }) => {
    const refuseSo = () => fleet.beset({ kind, path: '/dags|/auth' });
    refuseSo();
    const pauses = [5, 10, 20, 40, 60, 60];
    for (const minutes of pauses) {
      const refused = await readBySchedule(beset);
      expect(refused.problem).toMatchObject({
        code: 'unauthorized',
        message: `Cluster ${beset.name} refused the portal's credentials`,
        retryAt: inMinutes(minutes),
      });
      pass(minutes - 1);
      // Nothing is tried before its time: it would be answered now.
      await fleet.relieve();
      expect(await readBySchedule(beset)).toEqual(refused);
      refuseSo();
      pass(1);
    }
    await fleet.relieve();
    expect((await readBySchedule(beset)).problem).toBeNull();
    refuseSo();
    expect((await readBySchedule(beset)).problem?.retryAt).toBe(inMinutes(5));
  },
);

describe.each(runsOf)('credentials that Airflow $airflow refuses', beset => {
  it('are tried at once when a person asks, and used again when they are right', async () => {
    refuse();
    await readBySchedule(beset);
    pass(1);
    const again = await readByHand(beset);
    expect(again.requests).toBeGreaterThan(0);
    // It was tried before its time, so the time begins anew.
    expect(again.problem?.retryAt).toBe(inMinutes(5));
    await fleet.relieve();
    expect((await readByHand(beset)).problem).toBeNull();
    expect(await readBySchedule(beset)).toMatchObject({ problem: null });
  });

  it('are not tried for readers, who are told at once why and when', async () => {
    refuse();
    await readBySchedule(beset);
    pass(1);
    await fleet.relieve();
    const path = `/clusters/${beset.name}/dags/${quietDag}/details`;
    const { body, headers } = await fleet.portal.get(path).expect(502);
    expect(body).toMatchObject({
      code: 'unauthorized',
      message: `Cluster ${beset.name} refused the portal's credentials`,
      retryAt: inMinutes(4),
    });
    expect(headers['retry-after']).toBe('240');
    await readByHand(beset);
    await fleet.portal.get(path).expect(200);
  });

  it('are tried by one request at first after the pause', async () => {
    refuse();
    await readBySchedule(beset);
    pass(5);
    await fleet.relieve();
    fleet.beset({ kind: 'hang' });
    const dag = `/clusters/${beset.name}/dags/${quietDag}`;
    const answers = await Promise.all([
      fleet.portal.get(`${dag}/details`),
      fleet.portal.get(`${dag}/assets`),
    ]);
    expect(answers.map(({ body }) => body.code).sort()).toEqual([
      'timeout',
      'unauthorized',
    ]);
  });
});

it('leave the health of an Airflow 2 known, which it tells to everybody', async () => {
  const beset = runsOf.find(({ airflow }) => airflow === 2);
  if (!beset) throw new Error('There is no Airflow 2');
  fleet.beset({ kind: 'unauthorized', path: '/api/v1/dags' });
  await readBySchedule(beset);
  await fleet.portal.run(`airflow-health-${beset.name}`);
  const { cluster } = (await fleet.look())(beset.name);
  expect(cluster.status).toBe('degraded');
  const health = cluster.collections.find(({ kind }) => kind === 'health');
  expect(health).toMatchObject({ problem: null });
  // That it was told says nothing of the credentials.
  pass(1);
  await fleet.relieve();
  expect((await readBySchedule(beset)).problem?.retryAt).toBe(inMinutes(4));
});

it('are right again where an Airflow 2 refuses only what the role lacks', async () => {
  const beset = runsOf.find(({ airflow }) => airflow === 2);
  if (!beset) throw new Error('There is no Airflow 2');
  fleet.beset({ kind: 'forbidden' });
  await readBySchedule(beset);
  pass(5);
  await fleet.relieve();
  fleet.beset({ kind: 'forbidden', path: '/dagRuns' });
  const { problem } = await readBySchedule(beset);
  expect(problem?.code).toBe('forbidden');
  expect(problem).not.toHaveProperty('retryAt');
});
