import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import {
  generatedFleet,
  startSandbox,
  type FleetDefinition,
} from 'airflow-sandbox';
import fc from 'fast-check';
import { startPortal, type Portal } from '../__testUtils__/portal';

const { getDag, getRun, listDags, listRuns, listTaskInstances, listTaskTries } =
  airflowEndpoints;

/** What Airflow takes as an id, and whatever else may stand in an address except for what no address can hold. */
const anyId = fc
  .array(
    fc.oneof(
      fc.constantFrom('.', '+', ' ', '%', '%2F', '?', '#', '&', '=', ':', '~'),
      fc.constantFrom('é', 'ß', '在庫', '📦', "'", '"', '\\', ';', '@', '<'),
      fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map(parts => parts.join(''))
  .filter(
    id => id.length <= 250 && !id.includes('/') && !/^[.~]{1,2}$/.test(id),
  );

const ids = [
  ...new Set([
    'shop.orders.daily',
    'a+b c',
    'Bestellungen täglich 📦',
    '100%25',
    'x'.repeat(250),
    'é'.repeat(250),
    ...fc.sample(anyId, { numRuns: 40, seed: 5 }),
  ]),
];

/** A DAG for each id, whose one task has the same id. */
function fleetOf(version: string): FleetDefinition {
  const anchor = Date.now();
  const [base] = generatedFleet({ clusters: 1, dagsPerCluster: 1 }).clusters;
  const [dag] = base.dags;
  const [task] = dag.tasks;
  const dags = ids.map(dagId => ({
    ...dag,
    dagId,
    displayName: dagId,
    pausedSince: undefined,
    schedule: { kind: 'interval' as const, seconds: 6 * 60 * 60 },
    startDate: anchor - 24 * 60 * 60_000,
    tasks: [{ ...task, taskId: dagId, upstream: [] }],
  }));
  return { clusters: [{ ...base, name: 'odd', version, dags }] };
}

describe.each([
  ['2.11.2', 'basic'],
  ['3.3.2', 'airflow3'],
])('ids of every kind on Airflow %s', (version, type) => {
  let portal: Portal;

  beforeAll(async () => {
    const fleet = fleetOf(version);
    const sandbox = await startSandbox({ fleet, port: 0 });
    const auth = { type, username: 'admin', password: 'admin' };
    const clusters = [
      {
        name: 'odd',
        baseUrl: `${sandbox.url}/odd`,
        auth,
        limits: { requestsPerMinute: 100_000 },
      },
    ];
    portal = await startPortal({ over: { sandbox, airflow: { clusters } } });
    await portal.refresh('odd').expect(200);
  });
  afterAll(() => portal.stop());

  it('are all in the list', async () => {
    const { body } = await portal.get('/dags?limit=250').expect(200);
    const listed = listDags.response.parse(body).items.map(dag => dag.dagId);
    expect(new Set(listed)).toEqual(new Set(ids));
  });

  it.each(ids)('%s names a DAG, a run and a task from end to end', async id => {
    const dagPath = `/clusters/odd/dags/${encodeURIComponent(id)}`;
    const dag = await portal.get(dagPath).expect(200);
    expect(getDag.response.parse(dag.body).dagId).toBe(id);

    const { body } = await portal
      .get(`/runs?dagId=${encodeURIComponent(id)}&limit=1`)
      .expect(200);
    const [{ runId }] = listRuns.response.parse(body).items;
    expect(runId).toMatch(/^scheduled__.*\+00:00/);
    const runPath = `${dagPath}/runs/${encodeURIComponent(runId)}`;
    const run = await portal.get(runPath).expect(200);
    expect(getRun.response.parse(run.body)).toMatchObject({
      dagId: id,
      runId,
      stale: false,
      gone: false,
    });

    const tasks = await portal.get(`${runPath}/tasks`).expect(200);
    const [task] = listTaskInstances.response.parse(tasks.body).items;
    expect(task.taskId).toBe(id);
    const tries = await portal
      .get(
        `${runPath}/tasks/${encodeURIComponent(id)}/tries?mapIndex=${
          task.mapIndex
        }`,
      )
      .expect(200);
    expect(listTaskTries.response.parse(tries.body).instance).toMatchObject({
      dagId: id,
      runId,
      taskId: id,
    });
  });
});
