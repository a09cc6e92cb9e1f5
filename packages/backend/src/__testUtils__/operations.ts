import type { Person } from './governedPortal';

/** What a request is about. */
export interface Place {
  cluster: string;
  dagId: string;
  runId: string;
  alertId: string;
  taskId: string;
}

export function dagPath({ cluster, dagId }: Place): string {
  return `/clusters/${cluster}/dags/${encodeURIComponent(dagId)}`;
}

export function runPath(place: Place): string {
  return `${dagPath(place)}/runs/${encodeURIComponent(place.runId)}`;
}

/** How an operation is asked for, and what each person gets. */
export interface OperationRequest {
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

const get = (
  path: OperationRequest['path'],
  more: Partial<OperationRequest> = {},
): OperationRequest => ({
  method: 'get',
  path,
  statuses: everybody,
  ...more,
});
const ofDag = (path: OperationRequest['path']) => get(path, { hidden: 404 });
const act = (
  method: 'post' | 'patch',
  path: OperationRequest['path'],
  body: OperationRequest['body'],
): OperationRequest => ({ method, path, body, statuses: actors, hidden: 404 });

/** The DAG of Grace's team is on an Airflow 2, which says that it has no such thing to whoever may ask. */
const sinceAirflow3 = (request: OperationRequest): OperationRequest => ({
  ...request,
  statuses: {
    ada: 400,
    grace: 400,
    viewer: request.statuses.viewer === 200 ? 400 : 403,
  },
});

/** What the walk asks of each operation, in an order in which what was done before is in the way of nothing. */
export const requests: Record<string, OperationRequest> = {
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
