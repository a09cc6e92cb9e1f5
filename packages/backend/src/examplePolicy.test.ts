import {
  airflowClusterReadPermission,
  airflowDagReadPermission,
  airflowDagRefOf,
  type Dag,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Response } from 'supertest';
import { z } from 'zod';
import {
  people,
  startGovernedPortal,
  type GovernedPortal,
  type Person,
} from './__testUtils__/governedPortal';
import {
  dagPath,
  requests,
  runPath,
  type OperationRequest,
  type Place,
} from './__testUtils__/operations';

const openApi = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ operationId: z.string() })),
  ),
});

let portal: GovernedPortal;
/** A DAG that Grace's team owns, one that the platform team owns, and a failed run and alert of each. */
let own: Place;
let hidden: Place;
/** All DAGs that Grace may not see. */
let others: string[];

async function read<T extends z.ZodType>(
  person: Person,
  path: string,
  schema: T,
): Promise<z.output<T>> {
  const { body } = await portal.ask(person, 'get', path).expect(200);
  return schema.parse(body);
}

async function readFleet(): Promise<void> {
  for (const cluster of ['prod-eu', 'prod-us']) {
    await portal.ask('ada', 'post', `/clusters/${cluster}/refresh`).expect(200);
  }
}

beforeAll(async () => {
  portal = await startGovernedPortal();
  await readFleet();
  const { listAlerts } = airflowEndpoints;
  const { items } = await read('ada', '/alerts?limit=250', listAlerts.response);
  const places = items.flatMap(({ id, subject, runId }): Place[] =>
    subject.kind === 'dag' && runId !== null
      ? [
          {
            cluster: subject.cluster,
            dagId: subject.dagId,
            runId,
            alertId: id,
            taskId: 'none',
          },
        ]
      : [],
  );
  // The demo has it always fail of late, and not in a mapped task.
  const first = places.find(
    ({ cluster, dagId }) => cluster === 'prod-eu' && dagId === 'load_orders',
  );
  const second = places.find(({ dagId }) => dagId !== first?.dagId);
  if (!first || !second) throw new Error('The demo has too few failing DAGs');
  own = first;
  hidden = second;
  for (const [place, owner] of [
    [own, 'group:default/payments'],
    [hidden, 'group:default/platform'],
  ] as const) {
    await portal
      .ask('ada', 'patch', `${dagPath(place)}/owner`, { owner })
      .expect(200);
  }
  const tasks = await read(
    'ada',
    `${runPath(own)}/tasks`,
    airflowEndpoints.listTaskInstances.response,
  );
  const failed = tasks.items.find(({ state }) => state === 'failed');
  if (!failed) throw new Error(`No task of ${own.runId} failed`);
  own.taskId = failed.taskId;
  // Alerts follow their DAG to its new owner when they are next looked at.
  await readFleet();
  const idsFor = async (person: Person) => {
    const { listDags } = airflowEndpoints;
    const page = await read(person, '/dags?limit=250', listDags.response);
    return page.items.map(({ dagId }) => dagId);
  };
  const seen = await idsFor('grace');
  others = (await idsFor('ada')).filter(dagId => !seen.includes(dagId));
  if (!others.includes(hidden.dagId)) {
    throw new Error(`Grace may see ${hidden.dagId}`);
  }
});
afterAll(() => portal.stop());

it('knows a request for every operation of the OpenAPI document', async () => {
  const { paths } = await read('ada', '/openapi.json', openApi);
  const operations = Object.values(paths).flatMap(path =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(Object.keys(requests).sort()).toEqual(operations.sort());
});

/** Beside what a request asks for itself, every list and count that it might be probed with. */
const probes = [
  (dagId: string) => `/clusters/${hidden.cluster}/activity?dagId=${dagId}`,
  (dagId: string) =>
    `/clusters/${hidden.cluster}/activity?dagId=${dagId}&event=patch_dag&who=ada`,
  (dagId: string) => `/dags?text=${dagId}`,
  (dagId: string) => `/dags?cluster=${hidden.cluster}&text=${dagId}&limit=1`,
  (dagId: string) => `/dag-facets?text=${dagId}`,
  (dagId: string) => `/runs?dagId=${dagId}`,
  (dagId: string) => `/runs?cluster=${hidden.cluster}&text=${dagId}`,
  (dagId: string) => `/alerts?dagId=${dagId}`,
  (dagId: string) => `/alerts?text=${dagId}&status=firing&status=resolved`,
  (dagId: string) => `/alert-facets?dagId=${dagId}`,
  (dagId: string) => `/import-errors?dagId=${dagId}`,
];

/** What differs between two answers to the same question is what it tells. */
function told({ status, text, headers }: Response, place: Place) {
  const plain = (value: string) =>
    value
      .replaceAll(encodeURIComponent(place.dagId), 'none')
      .replaceAll(place.dagId, 'none')
      .replaceAll(place.alertId, 'none');
  const { date, etag, 'content-length': length, ...rest } = headers;
  return plain(JSON.stringify({ status, text, rest }));
}

/** What Grace may not see, of what an answer names in its text or its headers. */
function hiddenIn({ text, headers }: Response): string[] {
  const said = `${text}${JSON.stringify(headers)}`;
  return [...others, hidden.alertId].filter(id =>
    new RegExp(`(?<![\\w.-])${escaped(id)}(?![\\w.-])`).test(said),
  );
}

function escaped(id: string): string {
  return id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const send = (
  person: Person,
  { method, path, body }: OperationRequest,
  place: Place,
) => portal.ask(person, method, path(place), body?.(place));

// Who may do least asks first, so that nothing was done yet.
const asked = Object.entries(requests).flatMap(([operation, request]) =>
  [...people]
    .reverse()
    .map(
      person => [operation, person, request.statuses[person], request] as const,
    ),
);

const refusals: Record<number, string> = {
  403: 'not-allowed',
  404: 'not-found',
};

it.each(asked)(
  '%s by %s has status %d, as documented',
  async (_, person, status, request) => {
    const answer = await send(person, request, own);
    const named = person === 'grace' ? hiddenIn(answer) : [];
    expect([answer.status, answer.body.code, named]).toEqual([
      status,
      refusals[status] ?? answer.body.code,
      [],
    ]);
  },
);

describe('to Grace, of what another team owns,', () => {
  const entries = Object.entries(requests);

  it.each(entries.filter(([, { hidden: status }]) => !status))(
    '%s tells nothing',
    async (_, request) => {
      const answer = await send('grace', request, hidden);
      expect(answer.status).toBe(request.statuses.grace);
      expect(hiddenIn(answer)).toEqual([]);
    },
  );

  it.each(entries.filter(([, { hidden: status }]) => status === 404))(
    '%s says what it says of what there is not',
    async (_, request) => {
      const none = { ...hidden, dagId: 'none', alertId: 'none' };
      const there = await send('grace', request, hidden);
      const notThere = await send('grace', request, none);
      expect(there.status).toBe(404);
      expect(told(there, hidden)).toBe(told(notThere, none));
    },
  );

  it.each(probes)('%s finds what there is not', async probe => {
    const { dagId } = hidden;
    const there = await portal
      .ask('grace', 'get', probe(encodeURIComponent(dagId)))
      .expect(200);
    const notThere = await portal
      .ask('grace', 'get', probe('none'))
      .expect(200);
    const { text } = there;
    expect(text).not.toContain(JSON.stringify(dagId));
    expect(told(there, hidden)).toBe(told(notThere, hidden));
  });

  it('the activity tells of it neither by event and author nor by their count', async () => {
    // Ada has done something to it, and nobody else to anything by this name.
    await portal
      .ask('ada', 'patch', dagPath(hidden), { paused: false })
      .expect(200);
    const path = `/clusters/${hidden.cluster}/activity`;
    const question = `${path}?event=patch_dag&who=admin`;
    const { body: all } = await portal.ask('ada', 'get', question).expect(200);
    expect(JSON.stringify(all)).toContain(hidden.dagId);
    const of = async (query: string) =>
      (await portal.ask('grace', 'get', `${path}?${query}`).expect(200)).body;
    const some = await of('event=patch_dag&who=admin');
    const none = await of('event=patch_dag&who=nobody');
    expect(JSON.stringify(some)).not.toContain(hidden.dagId);
    expect({ ...some, items: [] }).toEqual({ ...none, items: [] });
  });
});

it('refuses to change the alerts of others as if there were none', async () => {
  const { body } = await portal
    .ask('grace', 'post', '/alerts/acknowledge', { ids: [hidden.alertId] })
    .expect(200);
  expect(body.items).toEqual([
    {
      id: hidden.alertId,
      outcome: 'refused',
      message: `There is no alert ${hidden.alertId}`,
    },
  ]);
});

describe('what Grace sees', () => {
  const { listDags, listDagFacets, listClusters, listRuns, listAlerts } =
    airflowEndpoints;
  let dags: Dag[];
  let total: number;

  beforeAll(async () => {
    const page = await read('grace', '/dags?limit=250', listDags.response);
    dags = page.items;
    total = page.total;
  });

  it('is what her team owns', () => {
    expect(total).toBe(dags.length);
    expect(dags.map(({ dagId }) => dagId)).toContain(own.dagId);
    expect(new Set(dags.map(({ owner }) => owner?.ref))).toEqual(
      new Set(['group:default/payments']),
    );
  });

  it('is all that is counted', async () => {
    const facets = await read('grace', '/dag-facets', listDagFacets.response);
    const sum = (counts: { count: number }[]) =>
      counts.reduce((before, { count }) => before + count, 0);
    expect(sum(facets.cluster)).toBe(dags.length);
    expect(sum(facets.paused)).toBe(dags.length);
    expect(facets.ownerRef).toEqual([
      { value: 'group:default/payments', count: dags.length },
    ]);
    const { items } = await read('grace', '/clusters', listClusters.response);
    const counted = items.map(({ counts }) => counts?.dags ?? 0);
    expect(sum(counted.map(count => ({ count })))).toBe(dags.length);
    const runs = await read('grace', '/runs?limit=250', listRuns.response);
    const ids = new Set(dags.map(dag => airflowDagRefOf(dag)));
    expect(runs.items.length).toBeGreaterThan(0);
    expect(runs.items.filter(run => !ids.has(airflowDagRefOf(run)))).toEqual(
      [],
    );
  });

  it('is all that she is alerted of, beside the trouble of clusters', async () => {
    const { items } = await read(
      'grace',
      '/alerts?limit=250&status=firing&status=acknowledged&status=resolved&status=pending',
      listAlerts.response,
    );
    const ofOthers = items.filter(
      ({ owner, ruleType }) =>
        owner?.ref !== 'group:default/payments' &&
        ![
          'cluster-unreachable',
          'readings-failing',
          'component-unhealthy',
        ].includes(ruleType),
    );
    expect(items.length).toBeGreaterThan(0);
    expect(ofOthers).toEqual([]);
  });

  it('is all that the search shows her', async () => {
    const documents = [own, hidden].map(place => ({
      permission: airflowDagReadPermission,
      resourceRef: airflowDagRefOf(place),
    }));
    const cluster = {
      permission: airflowClusterReadPermission,
      resourceRef: 'prod-eu',
    };
    expect(await portal.maySee('grace', [...documents, cluster])).toEqual([
      true,
      false,
      true,
    ]);
    expect(await portal.maySee('viewer', documents)).toEqual([true, true]);
  });
});
