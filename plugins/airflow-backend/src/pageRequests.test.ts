import { setTimeout } from 'node:timers/promises';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import {
  CountedFleet,
  dags,
  instancesOf,
  versions,
  type Place,
} from './__testUtils__/countedFleet';
import {
  ask,
  operationOf,
  RUNS_AT_ONCE,
  type Operation,
} from './__testUtils__/pageQuestions';
import { namesIn, requestTable } from './__testUtils__/requestTables';

const HOUR = 60 * 60_000;
const PAGE = 100;

/** What docs/airflow-requests.md says of each page, in the columns of Airflow 2 and 3. */
const pages = requestTable('What each page asks').map(
  ([page, asks, ...requests]) => ({
    page,
    asks: namesIn(asks).map(operationOf),
    requests,
  }),
);

/** And of each endpoint that asks Airflow. */
const endpoints = requestTable('What each endpoint asks Airflow').map(
  ([name, second, third, kept, grows]) => ({
    operation: operationOf(namesIn(name)[0]),
    requests: [second, third],
    kept: spansOf(kept),
    grows,
  }),
);

/** How long an answer about what has ended is kept, and where it is told, about what goes on. */
function spansOf(kept: string): { goesOn: boolean; ms: number }[] {
  const units = { s: 1_000, min: 60_000 };
  return Array.from(kept.matchAll(/(\d+) (s|min)/g), ([, count, unit], i) => ({
    goesOn: i > 0,
    ms: Number(count) * (unit === 's' ? units.s : units.min),
  }));
}

/** As the table has them. */
function told(requests: { route: string; count: number }[]): string {
  const each = requests.map(({ route, count }) =>
    count === 1 ? `\`${route}\`` : `${count} × \`${route}\``,
  );
  return each.join(', ') || '–';
}

const total = (requests: { count: number }[]) =>
  requests.reduce((sum, { count }) => sum + count, 0);

let fleet: CountedFleet;
let now = HOUR;

beforeAll(async () => {
  fleet = await CountedFleet.start();
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await fleet.stop();
});

/** Lets time pass for what is kept. */
async function pass(ms: number): Promise<void> {
  now += ms;
  // A cache looks at its clock only once in a millisecond.
  await setTimeout(2);
}

describe.each(versions)('of Airflow $airflow', ({ airflow, cluster }) => {
  const column = airflow - 2;
  /** A place of which nothing is kept. */
  const freshPlace = async (dagId = dags.usual, goesOn = false) => {
    const place = await fleet.place(cluster, dagId, goesOn);
    await pass(HOUR);
    return place;
  };

  const requestsOf = (operation: Operation, at: Place) =>
    fleet.requests(cluster, () => ask(fleet, operation, at));

  /** Everything at once that a page asks for. */
  const open = ({ page, asks }: (typeof pages)[number], at: Place) =>
    fleet.requests(cluster, () => {
      const batches = page.includes('grid')
        ? at.runIds
            .map((_, i) => at.runIds.slice(i, i + RUNS_AT_ONCE))
            .filter((_, i) => i % RUNS_AT_ONCE === 0)
        : [at.runIds.slice(0, 1)];
      const asked = asks.flatMap(operation =>
        operation === 'listTaskSummaries'
          ? batches.map(runIds => ask(fleet, operation, { ...at, runIds }))
          : [ask(fleet, operation, at)],
      );
      return Promise.all(asked);
    });

  it.each(pages)(
    '$page asks as often as documented, and nothing for a second viewer',
    async row => {
      const at = await freshPlace(dags.usual, row.page.includes('waits'));
      const first = await open(row, at);
      expect(String(total(first))).toBe(row.requests[column]);
      const again = await open(row, at);
      const unkept = endpoints
        .filter(
          ({ operation, kept }) =>
            kept.length === 0 && row.asks.includes(operation),
        )
        .flatMap(({ requests }) => namesIn(requests[column]));
      expect(again.map(({ route }) => route)).toEqual(unkept);
    },
  );

  it.each(endpoints)('$operation asks what is documented', async row => {
    const asked = await requestsOf(row.operation, await freshPlace());
    expect(told(asked)).toBe(row.requests[column]);
  });

  it.each(endpoints.filter(({ kept }) => kept.length > 0))(
    '$operation asks again when it is no longer kept',
    async ({ operation, kept }) => {
      for (const { goesOn, ms } of kept) {
        const at = await freshPlace(dags.usual, goesOn);
        const first = await requestsOf(operation, at);
        await pass(ms - 1);
        expect(await requestsOf(operation, at)).toEqual([]);
        await pass(2);
        expect(await requestsOf(operation, at)).toEqual(first);
      }
    },
  );

  it.each(
    endpoints.filter(
      ({ operation, kept }) =>
        kept.length > 0 && airflowEndpoints[operation].needs.of === 'dag',
    ),
  )(
    '$operation asks again once something was done to the DAG',
    async ({ operation }) => {
      const at = await freshPlace();
      const first = await requestsOf(operation, at);
      expect(await requestsOf(operation, at)).toEqual([]);
      await fleet
        .post(`/clusters/${cluster}/dags/${at.dagId}/reparse`, {})
        .expect(200);
      expect(await requestsOf(operation, at)).toEqual(first);
    },
  );

  it.each(endpoints)(
    '$operation asks no more for ten times as many tasks, save for full pages',
    async ({ operation, grows }) => {
      const totalOf = async (dagId: string) =>
        total(await requestsOf(operation, await freshPlace(dagId)));
      const usual = await totalOf(dags.usual);
      const tenfold = await totalOf(dags.tenfold);
      expect(tenfold).toBe(usual + pagesMore(grows, usual));
    },
  );

  /** The pages that ten times as many tasks add, by the words of the table. */
  function pagesMore(grows: string, usual: number): number {
    const [, only] = /on Airflow (\d),/.exec(grows) ?? [];
    if (only && only !== String(airflow)) return 0;
    const [, most] = /(\d+) at most$/.exec(grows) ?? [];
    if (most) return Number(most) - usual;
    const [, of] = /task instances of (\d+ runs|the run)/.exec(grows) ?? [];
    if (!of) return 0;
    const runs = of === 'the run' ? 1 : parseInt(of, 10);
    const pagesOf = (instances: number) => Math.ceil((instances * runs) / PAGE);
    return pagesOf(instancesOf.tenfold) - pagesOf(instancesOf.usual);
  }
});

it('tells of every endpoint that asks Airflow', () => {
  const asking = new Set(endpoints.map(({ operation }) => operation));
  for (const { page, asks, requests } of pages) {
    if (asks.some(operation => asking.has(operation))) continue;
    expect([page, ...requests]).toEqual([page, '0', '0']);
  }
});
