import {
  airflowClusterReadPermission,
  airflowDagReadPermission,
  airflowDagRefOf,
  airflowEndpoints,
  type Dag,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import {
  people,
  startGovernedPortal,
  type GovernedPortal,
  type Person,
} from './__testUtils__/governedPortal';

jest.setTimeout(120_000);

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

interface Place {
  cluster: string;
  dagId: string;
  runId: string;
  alertId: string;
  taskId: string;
}

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
  const first = places.find(({ cluster }) => cluster === 'prod-eu');
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
  own.taskId = tasks.items[0].taskId;
  // Alerts follow their DAG to its new owner when they are next looked at.
  await readFleet();
});
afterAll(() => portal.stop());

function dagPath({ cluster, dagId }: Place): string {
  return `/clusters/${cluster}/dags/${encodeURIComponent(dagId)}`;
}

function runPath(place: Place): string {
  return `${dagPath(place)}/runs/${encodeURIComponent(place.runId)}`;
}

interface Request {
  method: 'get' | 'post' | 'patch';
  path: (place: Place) => string;
  body?: (place: Place) => object;
  /** The status for each person, about a DAG that Grace's team owns. */
  statuses: Record<Person, number>;
  /** What Grace gets when it is about the DAG of another team; as for her own when it is about none. */
  hidden?: number;
}

const everybody = { ada: 200, grace: 200, viewer: 200 };
const actors = { ada: 200, grace: 200, viewer: 403 };
const platform = { ada: 200, grace: 403, viewer: 403 };

const get = (path: Request['path'], more: Partial<Request> = {}): Request => ({
  method: 'get',
  path,
  statuses: everybody,
  ...more,
});
const ofDag = (path: Request['path']) => get(path, { hidden: 404 });
const act = (
  method: 'post' | 'patch',
  path: Request['path'],
  body: Request['body'],
): Request => ({ method, path, body, statuses: actors, hidden: 404 });

/** The DAG of Grace's team is on an Airflow 2, which says that it has no such thing to whoever may ask. */
const sinceAirflow3 = (request: Request): Request => ({
  ...request,
  statuses: {
    ada: 400,
    grace: 400,
    viewer: request.statuses.viewer === 200 ? 400 : 403,
  },
});

/** In an order in which what was done before is in the way of nothing. */
const requests: Record<string, Request> = {
  getOverview: get(() => '/overview'),
  listClusters: get(() => '/clusters'),
  getCluster: get(() => '/clusters/prod-eu'),
  testCluster: {
    ...act('post', () => '/clusters/prod-eu/test', undefined),
    hidden: undefined,
  },
  refreshCluster: {
    ...act('post', () => '/clusters/prod-eu/refresh', undefined),
    hidden: undefined,
  },
  listImportErrors: get(() => '/import-errors'),
  listDags: get(() => '/dags'),
  listDagFacets: get(() => '/dag-facets'),
  listDagDocuments: get(() => '/dag-documents'),
  listRuns: get(() => '/runs'),
  getDag: ofDag(dagPath),
  getDagDetails: ofDag(place => `${dagPath(place)}/details`),
  listTaskCounts: ofDag(
    place =>
      `${dagPath(place)}/task-counts?runId=${encodeURIComponent(place.runId)}`,
  ),
  getDagStructure: ofDag(place => `${dagPath(place)}/structure`),
  listTaskSummaries: ofDag(
    place =>
      `${dagPath(place)}/task-summaries?runId=${encodeURIComponent(
        place.runId,
      )}`,
  ),
  listPools: get(() => '/clusters/prod-eu/pools'),
  listPackages: get(() => '/clusters/prod-eu/packages'),
  listActivity: get(() => '/clusters/prod-eu/activity'),
  getDagSource: ofDag(place => `${dagPath(place)}/source`),
  listDagVersions: ofDag(place => `${dagPath(place)}/versions`),
  listDagAssets: ofDag(place => `${dagPath(place)}/assets`),
  // It has nothing to do with this one.
  listAssetEvents: get(place => `${dagPath(place)}/assets/999999/events`, {
    statuses: { ada: 404, grace: 404, viewer: 404 },
    hidden: 404,
  }),
  getRunStatistics: ofDag(place => `${dagPath(place)}/statistics`),
  getTaskStatistics: ofDag(place => `${dagPath(place)}/task-statistics`),
  getCalendar: ofDag(
    place => `${dagPath(place)}/calendar?from=2026-11-01&to=2026-11-30`,
  ),
  getRun: ofDag(runPath),
  listTaskInstances: ofDag(place => `${runPath(place)}/tasks`),
  listTaskTries: ofDag(
    place => `${runPath(place)}/tasks/${place.taskId}/tries`,
  ),
  streamTaskLog: ofDag(
    place => `${runPath(place)}/tasks/${place.taskId}/log?try=1`,
  ),
  getTaskError: ofDag(
    place => `${runPath(place)}/tasks/${place.taskId}/error?try=1`,
  ),
  getTaskFacts: ofDag(place => `${runPath(place)}/tasks/${place.taskId}/facts`),
  listWaitReasons: ofDag(
    place => `${runPath(place)}/tasks/${place.taskId}/wait-reasons`,
  ),
  listMappedInstances: ofDag(
    place => `${runPath(place)}/tasks/${place.taskId}/mapped`,
  ),
  listXComs: ofDag(place => `${runPath(place)}/tasks/${place.taskId}/xcoms`),
  // The task failed and left none.
  getXCom: get(
    place =>
      `${runPath(place)}/tasks/${place.taskId}/xcoms/value?key=return_value`,
    { statuses: { ada: 404, grace: 404, viewer: 404 }, hidden: 404 },
  ),
  listRenderedFields: ofDag(
    place => `${runPath(place)}/tasks/${place.taskId}/rendered`,
  ),
  listAlerts: get(() => '/alerts'),
  listAlertFacets: get(() => '/alert-facets'),
  listAlertRules: get(() => '/alert-rules'),
  getAlert: ofDag(place => `/alerts/${place.alertId}`),
  listDeliveries: get(() => '/alert-deliveries', { statuses: platform }),
  resendDelivery: {
    method: 'post',
    path: () => '/alert-deliveries/none/resend',
    statuses: { ...platform, ada: 404 },
  },
  acknowledgeAlerts: {
    ...act(
      'post',
      () => '/alerts/acknowledge',
      ({ alertId }) => ({
        ids: [alertId],
      }),
    ),
    // Each alert has its own outcome.
    hidden: 200,
  },
  resolveAlerts: {
    ...act(
      'post',
      () => '/alerts/resolve',
      ({ alertId }) => ({
        ids: [alertId],
        reason: 'known and harmless',
      }),
    ),
    hidden: 200,
  },
  setDagOwner: act(
    'patch',
    place => `${dagPath(place)}/owner`,
    () => ({
      owner: 'group:default/payments',
    }),
  ),
  setDagPaused: act('patch', dagPath, () => ({ paused: false })),
  clearRun: act(
    'post',
    place => `${runPath(place)}/clear`,
    () => ({
      onlyFailed: true,
      dryRun: true,
    }),
  ),
  triggerDag: act(
    'post',
    place => `${dagPath(place)}/runs`,
    () => ({}),
  ),
  markTasks: act(
    'post',
    place => `${runPath(place)}/mark-tasks`,
    place => ({
      state: 'success',
      tasks: [{ taskId: place.taskId, mapIndex: -1 }],
      dryRun: true,
    }),
  ),
  markRun: act(
    'post',
    place => `${runPath(place)}/mark`,
    () => ({ state: 'failed' }),
  ),
  setRunNote: act(
    'patch',
    place => `${runPath(place)}/note`,
    () => ({ note: 'looked at' }),
  ),
  setTaskNote: act(
    'patch',
    place => `${runPath(place)}/tasks/${place.taskId}/note`,
    () => ({ note: 'looked at' }),
  ),
  reparseDag: act(
    'post',
    place => `${dagPath(place)}/reparse`,
    () => ({}),
  ),
  listBackfills: sinceAirflow3(ofDag(place => `${dagPath(place)}/backfills`)),
  createBackfill: sinceAirflow3(
    act(
      'post',
      place => `${dagPath(place)}/backfills`,
      () => ({
        from: '2026-01-01T00:00:00Z',
        to: '2026-01-02T00:00:00Z',
        dryRun: true,
      }),
    ),
  ),
  changeBackfill: sinceAirflow3(
    act(
      'patch',
      place => `${dagPath(place)}/backfills/1`,
      () => ({ change: 'cancel' }),
    ),
  ),
  listHumanInputs: sinceAirflow3(
    ofDag(place => `${runPath(place)}/human-inputs`),
  ),
  answerHumanInput: sinceAirflow3(
    act(
      'post',
      place => `${runPath(place)}/tasks/${place.taskId}/answer`,
      () => ({ options: ['Approve'] }),
    ),
  ),
  // Who may do it does it, so that it is done when the next asks.
  deleteRun: {
    ...act(
      'post',
      place => `${runPath(place)}/delete`,
      () => ({}),
    ),
    statuses: { ...actors, ada: 404 },
  },
  deleteDag: {
    ...act(
      'post',
      place => `${dagPath(place)}/delete`,
      () => ({ confirm: 'another' }),
    ),
    // What is not confirmed is left alone.
    statuses: { ada: 400, grace: 400, viewer: 403 },
  },
};

it('knows a request for every operation of the OpenAPI document', async () => {
  const { paths } = await read('ada', '/openapi.json', openApi);
  const operations = Object.values(paths).flatMap(path =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(Object.keys(requests).sort()).toEqual(operations.sort());
});

const send = (person: Person, { method, path, body }: Request, place: Place) =>
  portal.ask(person, method, path(place), body?.(place));

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

it.each(asked)('%s by %s has status %d', async (_, person, status, request) => {
  const answer = await send(person, request, own);
  expect([answer.status, answer.body.code]).toEqual([
    status,
    refusals[status] ?? answer.body.code,
  ]);
});

describe('to Grace, of what another team owns,', () => {
  const entries = Object.entries(requests);

  it.each(entries.filter(([, { hidden: status }]) => !status))(
    '%s tells nothing',
    async (_, request) => {
      const answer = await send('grace', request, hidden);
      expect(answer.status).toBe(request.statuses.grace);
      expect(answer.text).not.toContain(JSON.stringify(hidden.dagId));
      expect(answer.text).not.toContain(hidden.alertId);
    },
  );

  it.each(entries.filter(([, { hidden: status }]) => status === 404))(
    '%s says what it says of what there is not',
    async (_, request) => {
      const none = { ...hidden, dagId: 'none', alertId: 'none' };
      const there = await send('grace', request, hidden);
      const notThere = await send('grace', request, none);
      expect([there.status, notThere.status]).toEqual([404, 404]);
      expect(
        there.body.detail
          .replaceAll(hidden.alertId, 'none')
          .replaceAll(hidden.dagId, 'none'),
      ).toBe(notThere.body.detail);
    },
  );
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
    const others = items.filter(
      ({ owner, ruleType }) =>
        owner?.ref !== 'group:default/payments' &&
        !['cluster-unreachable', 'component-unhealthy'].includes(ruleType),
    );
    expect(items.length).toBeGreaterThan(0);
    expect(others).toEqual([]);
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
