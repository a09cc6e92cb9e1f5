import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  besetClusters,
  BesetFleet,
  limits,
  quietDag,
  wellCluster,
  type BesetCluster,
  type Sight,
} from '../__testUtils__/besetFleet';
import { certifiedHost } from '../__testUtils__/certificates';
import {
  credentialKeys,
  faults,
  lackingRole,
  told,
  type Shown,
} from '../__testUtils__/faultTable';

let fleet: BesetFleet;

beforeAll(async () => {
  fleet = await BesetFleet.start();
});
afterAll(() => fleet.stop());

function toldOf({ name, airflow }: BesetCluster, shown: Shown) {
  return told(shown, {
    cluster: name,
    host: `${certifiedHost}:${fleet.gate.port}`,
    keys: credentialKeys[airflow],
    seconds: String(limits.timeout.seconds),
    bytes: String(limits.maxResponseBytes),
    // As the sandbox has them.
    airflowsWords: 'Injected fault',
  });
}

const reading = 'the $kind of Airflow $airflow';

function collectionOf({ cluster }: Sight, kind: BesetCluster['kind']) {
  const found = cluster.collections.find(one => one.kind === kind);
  if (!found) throw new Error(`${cluster.name} was never asked for ${kind}`);
  return found;
}

describe.each(faults)('when $fault', ({ begin, shown }) => {
  const seen: Record<
    'before' | 'during' | 'beside' | 'after',
    (cluster: string) => Sight
  > = { before: never, during: never, beside: never, after: never };

  beforeAll(async () => {
    seen.before = await fleet.look();
    try {
      await begin(fleet);
      await fleet.read();
      seen.during = await fleet.look();
      await fleet.portal.refresh(wellCluster).expect(200);
      seen.beside = await fleet.look();
    } finally {
      await fleet.relieve();
    }
    await fleet.read();
    seen.after = await fleet.look();
  });

  it.each(besetClusters)(
    `tells why ${reading} cannot be read, and what to do`,
    beset => {
      const { name, kind } = beset;
      const { cluster } = seen.during(name);
      const { retryAt } = shown(beset);
      const problem = {
        ...toldOf(beset, shown(beset)),
        ...(retryAt !== undefined && { retryAt }),
        cluster: name,
        attempted: expect.stringMatching(
          RegExp(`^(GET /${name}/api/v\\d/|POST /${name}/auth/token$)`),
        ),
      };
      expect(collectionOf(seen.during(name), kind).problem).toEqual(problem);
      expect(cluster).toMatchObject({
        status: kind === 'health' ? 'unreachable' : 'degraded',
        problem,
      });
    },
  );

  it.each(besetClusters)(
    `keeps what was read, and marks ${reading} as old`,
    ({ name, kind }) => {
      const before = seen.before(name);
      const during = seen.during(name);
      expect(during.dags.length).toBeGreaterThan(0);
      expect(during.runs.length).toBeGreaterThan(0);
      expect(during).toMatchObject({
        dags: before.dags,
        dagCoverage: { ...before.dagCoverage, stale: kind === 'inventory' },
        runs: before.runs,
        runCoverage: { ...before.runCoverage, stale: kind === 'runs' },
        cluster: {
          airflowVersion: before.cluster.airflowVersion,
          counts: before.cluster.counts,
          components: before.cluster.components.map(component =>
            kind === 'health'
              ? {
                  ...component,
                  status: 'unknown',
                  lastSeen: {
                    status: component.status,
                    readAt: collectionOf(before, kind).lastSuccessAt,
                  },
                }
              : component,
          ),
        },
      });
      expect(collectionOf(during, kind)).toMatchObject({
        lastSuccessAt: collectionOf(before, kind).lastSuccessAt,
        skippedRows: 0,
      });
      const others = (sight: Sight) =>
        sight.cluster.collections.filter(one => one.kind !== kind);
      expect(others(during)).toEqual(others(before));
    },
  );

  it('leaves the cluster beside alone', () => {
    expect(seen.during(wellCluster)).toEqual(seen.before(wellCluster));
    const { cluster, dagCoverage, runCoverage } = seen.beside(wellCluster);
    expect(cluster).toMatchObject({ status: 'healthy', problem: null });
    for (const { problem } of cluster.collections) expect(problem).toBeNull();
    expect([dagCoverage?.stale, runCoverage?.stale]).toEqual([false, false]);
  });

  it.each(besetClusters)(
    `reads ${reading} again as soon as it is over`,
    ({ name, kind }) => {
      const { cluster, dagCoverage, runCoverage } = seen.after(name);
      expect(cluster).toMatchObject({ status: 'healthy', problem: null });
      expect(collectionOf(seen.after(name), kind)).toMatchObject({
        lastSuccessAt: collectionOf(seen.after(name), kind).lastAttemptAt,
        problem: null,
      });
      expect([dagCoverage?.stale, runCoverage?.stale]).toEqual([false, false]);
    },
  );
});

it.each(faults)(
  'docs/faults.md tells what is shown when $fault',
  ({ shown }) => {
    const docs = readFileSync(resolve(__dirname, '../../../../docs/faults.md'));
    const problem = told(shown({ airflow: 3, kind: 'runs' }), {
      cluster: 'prod-eu',
      host: 'airflow.example.com',
      keys: credentialKeys[3],
      seconds: '15',
      bytes: '33554432',
      airflowsWords: 'Database error',
    });
    for (const words of Object.values(problem)) {
      expect(docs.toString()).toContain(words);
    }
  },
);

function never(cluster: string): Sight {
  throw new Error(`Nobody looked at ${cluster}`);
}

describe('a row that Airflow cannot serve', () => {
  afterEach(() => fleet.relieve());

  it.each(besetClusters.filter(({ kind }) => kind !== 'health'))(
    'is left out and counted, and the rest is read (%s)',
    async ({ name, kind }) => {
      await fleet.portal
        .post(`/clusters/${name}/dags/${quietDag}/runs`, {})
        .expect(200);
      const before = (await fleet.look())(name);
      fleet.beset({ kind: 'poisonedRow', dagId: quietDag });
      await fleet.portal.refresh(name, [kind]).expect(200);
      const during = (await fleet.look())(name);
      expect(collectionOf(during, kind)).toMatchObject({
        skippedRows: 1,
        problem: null,
      });
      expect(during.cluster.status).toBe('healthy');
      expect(during.dags).toEqual(before.dags);
      expect(during.runs).toEqual(expect.arrayContaining(before.runs));
      await fleet.relieve();
      await fleet.portal.refresh(name, [kind]).expect(200);
      const after = (await fleet.look())(name);
      expect(collectionOf(after, kind).skippedRows).toBe(0);
    },
  );
});

describe('an odd row', () => {
  afterEach(() => fleet.relieve());

  const oddities: Record<'inventory' | 'runs', [string, object][]> = {
    inventory: [['dag_id: not a text', { dag_id: null }]],
    runs: [
      ['dag_run_id: not a text', { dag_run_id: 7 }],
      ['is no moment', { execution_date: 'soon', run_after: 'soon' }],
    ],
  };

  it.each(besetClusters.filter(({ kind }) => kind !== 'health'))(
    'is left out, counted and named, and the rest is read ($name)',
    async ({ name, kind }) => {
      const runs = `/clusters/${name}/dags/${quietDag}/runs`;
      await fleet.portal.post(runs, {}).expect(200);
      const { body: run } = await fleet.portal.post(runs, {}).expect(200);
      const runId = kind === 'runs' ? run.runId : undefined;
      const before = (await fleet.look())(name);
      const odd = kind === 'health' ? [] : oddities[kind];
      for (const [why, row] of odd) {
        fleet.beset({
          kind: 'oddRow',
          dagId: quietDag,
          runId,
          row: { ...row },
        });
        await fleet.portal.refresh(name, [kind]).expect(200);
        const during = (await fleet.look())(name);
        expect(collectionOf(during, kind)).toMatchObject({
          skippedRows: expect.any(Number),
          skippedWhy: expect.stringContaining(why),
          problem: null,
        });
        expect(collectionOf(during, kind).skippedRows).toBeGreaterThan(0);
        expect(during.cluster.status).toBe('healthy');
        expect(during.dags).toEqual(before.dags);
        expect(during.runs).toEqual(expect.arrayContaining(before.runs));
        await fleet.relieve();
      }
      await fleet.portal.refresh(name, [kind]).expect(200);
      const after = collectionOf((await fleet.look())(name), kind);
      expect(after.skippedRows).toBe(0);
      expect(after.skippedWhy).toBeUndefined();
    },
  );

  it.each(besetClusters.filter(({ kind }) => kind === 'runs'))(
    'is read where it says what matters, alone too ($name)',
    async ({ name }) => {
      const runs = `/clusters/${name}/dags/${quietDag}/runs`;
      const { body: started } = await fleet.portal.post(runs, {}).expect(200);
      const { runId } = started;
      const row = { state: null, conf: ['a', 1], note: 5 };
      fleet.beset({ kind: 'oddRow', dagId: quietDag, runId, row });
      await fleet.portal.refresh(name, ['runs']).expect(200);
      const during = (await fleet.look())(name);
      expect(collectionOf(during, 'runs')).toMatchObject({ skippedRows: 0 });
      const { body: listed } = await fleet.portal
        .get(`/runs?cluster=${name}&text=${encodeURIComponent(runId)}`)
        .expect(200);
      expect(listed.items).toMatchObject([{ runId, state: 'unknown' }]);
      const one = `${runs}/${encodeURIComponent(runId)}`;
      const { body: alone } = await fleet.portal.get(one).expect(200);
      expect(alone).toMatchObject({ state: 'unknown', conf: '["a",1]' });
    },
  );
});

describe('a right that the user lacks for import errors alone', () => {
  afterEach(() => fleet.relieve());

  it.each(besetClusters.filter(({ kind }) => kind === 'inventory'))(
    'is told, and the DAGs are read all the same (Airflow $airflow)',
    async beset => {
      const { name } = beset;
      const { dags } = (await fleet.look())(name);
      fleet.beset({ kind: 'forbidden', path: '/importErrors' });
      await fleet.portal.refresh(name, ['inventory']).expect(200);
      const during = (await fleet.look())(name);
      expect(during.dags).toEqual(dags);
      expect(during.cluster).toMatchObject({
        status: 'degraded',
        problem: {
          ...toldOf(beset, lackingRole),
          attempted: expect.stringMatching(/importErrors$/),
        },
      });
      await fleet.relieve();
      await fleet.portal.refresh(name, ['inventory']).expect(200);
      expect((await fleet.look())(name).cluster.status).toBe('healthy');
    },
  );
});

it('does not let a slow cluster delay another', async () => {
  const [slow] = besetClusters;
  const done: string[] = [];
  const read = async (name: string) => {
    await fleet.portal.refresh(name).expect(200);
    done.push(name);
  };
  fleet.beset({ kind: 'hang' });
  try {
    await Promise.all([read(slow.name), read(wellCluster)]);
  } finally {
    await fleet.relieve();
  }
  expect(done).toEqual([wellCluster, slow.name]);
  await read(slow.name);
});

it('stops asking a cluster that stays in trouble, tells why, and asks again after a pause', async () => {
  const [{ name }] = besetClusters;
  const health = async () => {
    await fleet.portal.refresh(name, ['health']).expect(200);
    return collectionOf((await fleet.look())(name), 'health');
  };
  await fleet.gate.shut();
  const clock = jest.spyOn(Date, 'now');
  try {
    const [first, second, third] = [
      await health(),
      await health(),
      await health(),
    ];
    expect([first, second, third].map(({ requests }) => requests)).toEqual([
      3, 2, 0,
    ]);
    expect(third.problem).toEqual(first.problem);
    await fleet.relieve();
    const later = Date.now() + 5_000;
    clock.mockImplementation(() => later);
    expect(await health()).toMatchObject({ requests: 1, problem: null });
  } finally {
    clock.mockRestore();
    await fleet.relieve();
  }
});
