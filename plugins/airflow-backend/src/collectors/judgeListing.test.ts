import type { Presence } from '@airflow-fleet/backstage-plugin-airflow-common';
import { aDag } from '../__testUtils__/rows';
import { AirflowError, type AirflowDag } from '../airflow';
import type { Deletion } from '../airflow/areas/removal';
import { judgeListing, type Listing } from './judgeListing';

const startedAt = new Date('2026-11-24T03:00:00.000Z');
const before = new Date('2026-11-24T02:58:00.000Z');

const ids = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => `dag_${from + i}`);

function known(
  dagIds: string[],
  state: Presence['state'] = 'listed',
): Listing['known'] {
  const presence = { state, since: before.toISOString(), reason: null };
  return new Map(
    dagIds.map(dagId => [dagId, { presence, readAt: before }] as const),
  );
}

function listed(dags: AirflowDag[]): Listing['listed'] {
  return new Map(dags.map(dag => [dag.dagId, dag]));
}

const active = (dagIds: string[]) => dagIds.map(dagId => aDag(dagId));
const stale = (dagIds: string[], fileLocation = '/dags/a.py') =>
  dagIds.map(dagId => aDag(dagId, { stale: true, fileLocation }));

/** What one reading says, of an Airflow that answers so when it is asked for a DAG alone. */
async function judged(
  reading: Partial<Listing>,
  airflow: {
    alone?: (dagId: string) => AirflowDag;
    deletions?: Deletion[];
  } = {},
) {
  const asked: string[] = [];
  const verdict = await judgeListing(
    {
      startedAt,
      known: new Map(),
      listed: new Map(),
      isPartial: false,
      brokenFiles: [],
      newlyBroken: [],
      ...reading,
    },
    {
      dag: async dagId => {
        asked.push(dagId);
        if (airflow.alone) return airflow.alone(dagId);
        throw notFound();
      },
      deletions: async () => airflow.deletions ?? [],
    },
  );
  const states = new Map<string, number>();
  for (const { state } of verdict.changed.values()) {
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return {
    states: Object.fromEntries(states),
    doubt: verdict.doubt,
    notAskedOf: verdict.notAskedOf,
    asked: asked.length,
  };
}

function notFound() {
  return failure('airflow-not-found');
}

function failure(code: 'airflow-not-found' | 'forbidden') {
  return new AirflowError({
    code,
    cluster: 'prod',
    attempted: 'GET /dags/x',
    message: 'Not so',
    hint: 'Look',
  });
}

describe('readings that are doubted', () => {
  it.each<[string, Partial<Listing>, number, number]>([
    ['empty', { known: known(ids(10)) }, 10, 10],
    ['empty, of one DAG', { known: known(ids(1)) }, 1, 1],
    [
      'half the list',
      { known: known(ids(10)), listed: listed(active(ids(5))) },
      5,
      10,
    ],
    [
      'one page of three missing',
      {
        known: known(ids(250)),
        listed: listed(active([...ids(100), ...ids(50, 200)])),
      },
      100,
      250,
    ],
    [
      'a total that shrank between pages',
      { known: known(ids(250)), listed: listed(active(ids(100))) },
      150,
      250,
    ],
    [
      'every DAG stale, as when a bundle is empty',
      { known: known(ids(30)), listed: listed(stale(ids(30))) },
      30,
      30,
    ],
    [
      'no error left of broken DAGs, and nothing listed',
      { known: known(ids(4), 'broken') },
      4,
      4,
    ],
    ['empty once more', { known: known(ids(10), 'doubted') }, 10, 10],
  ])('%s', async (_what, reading, unseen, there) => {
    const { states, doubt, asked } = await judged(reading);
    expect(doubt).toEqual({ unseen, known: there });
    expect(Object.keys(states)).not.toContain('vanished');
    expect(Object.keys(states)).not.toContain('deleted');
    expect(asked).toBe(0);
  });

  it('leave out of doubt what is explained alone', async () => {
    const dags = [
      ...stale(ids(2)),
      ...stale(ids(5, 2), '/dags/broken.py'),
      ...active(ids(3, 7)),
    ];
    const { states, doubt } = await judged(
      {
        known: known([...ids(10), 'x', 'y']),
        listed: listed(dags),
        brokenFiles: ['/dags/broken.py'],
      },
      {
        alone: dagId => {
          if (dagId === 'y') throw notFound();
          return stale([dagId])[0];
        },
        deletions: [
          { dagId: 'x', at: '2026-11-24T02:59:00.000Z', by: 'ada' },
          // Before it was last listed, so it came back meanwhile.
          { dagId: 'y', at: '2026-11-20T02:59:00.000Z', by: 'ada' },
        ],
      },
    );
    expect(doubt).toBeNull();
    expect(states).toEqual({ broken: 5, deleted: 2, vanished: 2 });
  });
});

it('leave what broke meanwhile to the next reading where it is more than Airflow can be asked of', async () => {
  const files = ids(27).map(dagId => `/dags/${dagId}.py`);
  const { asked, states, notAskedOf } = await judged(
    {
      known: known(ids(27)),
      listed: listed(
        ids(27).map((dagId, i) => aDag(dagId, { fileLocation: files[i] })),
      ),
      brokenFiles: [...files, 'unknown.py'],
      newlyBroken: [...files, 'unknown.py'],
    },
    {
      alone: dagId => stale([dagId], `/dags/${dagId}.py`)[0],
    },
  );
  expect({ asked, states }).toEqual({ asked: 25, states: { broken: 25 } });
  expect(notAskedOf).toEqual(files.slice(25));
});

describe('readings that are believed', () => {
  it.each<
    [
      string,
      Partial<Listing>,
      Parameters<typeof judged>[1],
      Record<string, number>,
    ]
  >([
    [
      'what was left out is there when it is asked for',
      { known: known(ids(10)), listed: listed(active(ids(8))) },
      { alone: dagId => aDag(dagId) },
      {},
    ],
    [
      'what was left out is not there',
      { known: known(ids(10)), listed: listed(active(ids(8))) },
      {},
      { deleted: 2 },
    ],
    [
      'what was left out cannot be asked for',
      { known: known(ids(10)), listed: listed(active(ids(8))) },
      {
        alone: () => {
          throw failure('forbidden');
        },
      },
      {},
    ],
    [
      'a file was removed',
      {
        known: known(ids(10)),
        listed: listed([...active(ids(8)), ...stale(ids(2, 8))]),
      },
      { alone: dagId => stale([dagId])[0] },
      { vanished: 2 },
    ],
    [
      'stale in the list, mended when it is asked for',
      {
        known: known(ids(10)),
        listed: listed([...active(ids(9)), ...stale(ids(1, 9))]),
      },
      { alone: dagId => aDag(dagId) },
      {},
    ],
    [
      'well in the list, broken when it is asked for',
      {
        known: known(ids(3)),
        listed: listed([
          aDag('dag_0', { fileLocation: '/dags/b.py' }),
          aDag('dag_1', { fileLocation: '/dags/b.py' }),
          aDag('dag_2', { fileLocation: '/dags/c.py' }),
        ]),
        brokenFiles: ['b.py', 'd.py'],
        newlyBroken: ['b.py', 'd.py'],
      },
      { alone: dagId => stale([dagId], '/dags/b.py')[0] },
      { broken: 2 },
    ],
    [
      'well, though another DAG of its file is not',
      {
        known: known(ids(1)),
        listed: listed([aDag('dag_0', { fileLocation: '/dags/b.py' })]),
        brokenFiles: ['b.py'],
        newlyBroken: ['b.py'],
      },
      { alone: dagId => aDag(dagId, { fileLocation: '/dags/b.py' }) },
      {},
    ],
    [
      'all are back',
      { known: known(ids(10), 'doubted'), listed: listed(active(ids(10))) },
      {},
      { listed: 10 },
    ],
    [
      'rows that Airflow could not serve may be those that are missing',
      {
        known: known(ids(10)),
        listed: listed(active(ids(2))),
        isPartial: true,
      },
      {},
      {},
    ],
    [
      'stale before the portal knew them',
      { listed: listed([...active(ids(1)), ...stale(ids(500, 1))]) },
      {},
      {},
    ],
    [
      'gone for long',
      { known: known(ids(500), 'vanished'), listed: listed([]) },
      {},
      {},
    ],
  ])('%s', async (_what, reading, airflow, states) => {
    const seen = await judged(reading, airflow);
    expect(seen).toMatchObject({ states, doubt: null });
  });
});
