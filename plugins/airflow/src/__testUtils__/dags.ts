import type {
  Cluster,
  DagDetails,
  DagListItem,
  DagRun,
  JsonText,
} from '@airflow-fleet/backstage-plugin-airflow-common';

const AT = '2026-11-23T02:00:00.000Z';

/** A cluster that is well, changed where a test cares. */
export function clusterOf(change: Partial<Cluster> = {}): Cluster {
  return {
    name: 'prod-eu',
    title: 'Production EU',
    environment: 'production',
    owner: null,
    tags: [],
    readOnly: false,
    webUrl: 'http://airflow.example',
    airflowVersion: '3.3.2',
    apiVersion: 'v2',
    capabilities: ['assets', 'dag-versions'],
    status: 'healthy',
    problem: null,
    components: [{ name: 'scheduler', status: 'healthy', heartbeatAt: AT }],
    clock: null,
    mayWrite: null,
    counts: null,
    collections: [],
    ...change,
  };
}

/** A DAG that runs at half past three in Berlin, changed where a test cares. */
export function dagOf(change: Partial<DagListItem> = {}): DagListItem {
  return {
    cluster: 'prod-eu',
    dagId: 'load_orders',
    displayName: change.dagId ?? 'load_orders',
    description: null,
    paused: false,
    hasImportErrors: false,
    tags: ['orders', 'critical'],
    owners: ['airflow'],
    owner: null,
    schedule: { kind: 'cron', expression: '30 3 * * *', description: null },
    zone: { name: 'Europe/Berlin', source: 'inferred' },
    nextRunAt: '2026-11-24T02:30:00.000Z',
    fileLocation: '/dags/load_orders.py',
    lastParsedAt: AT,
    maxActiveRuns: 16,
    readAt: AT,
    presence: { state: 'listed', since: null, reason: null },
    goneAt: null,
    lastRun: null,
    recentRuns: [],
    successRate: null,
    failing: null,
    ...change,
  };
}

/** Facets of the DAG list that count nothing. */
export const noDagFacets = {
  presence: [],
  cluster: [],
  environment: [],
  lastRunState: [],
  paused: [],
  tag: [],
  owner: [],
  ownerRef: [],
};

/** A run that succeeded, changed where a test cares. */
export function runOf(change: Partial<DagRun> & { runId: string }): DagRun {
  return {
    cluster: 'prod-eu',
    dagId: 'load_orders',
    state: 'success',
    type: 'scheduled',
    logicalDate: AT,
    runAfter: AT,
    dueAt: AT,
    queuedAt: AT,
    startedAt: AT,
    endedAt: AT,
    durationMs: 60_000,
    triggeredBy: null,
    triggeringUser: null,
    note: null,
    ...change,
  };
}

/** What the page of a DAG is told of it. */
export function dagPageOf(change: Partial<DagListItem> = {}) {
  return {
    ...dagOf(change),
    webUrl: 'http://airflow.example',
    recentRuns: [],
    usualDurationMs: null,
    actions: [],
  };
}

/** Of a DAG that has set nothing, changed where a test cares. */
export function dagDetailsOf(change: Partial<DagDetails> = {}): DagDetails {
  return {
    docMd: null,
    params: [],
    startDate: null,
    endDate: null,
    catchup: null,
    maxActiveTasks: null,
    runTimeoutSeconds: null,
    pausesAfterFailures: null,
    rendersNative: null,
    version: null,
    bundle: null,
    bundleVersion: null,
    parseDurationMs: null,
    backfillRefusal: null,
    ...change,
  };
}

/** What the page of a run is told of it. */
export function runPageOf(run: DagRun, conf: JsonText = '{}') {
  return {
    ...run,
    conf,
    dataIntervalStart: null,
    dataIntervalEnd: null,
    webUrl: 'http://airflow.example',
    stale: false,
    gone: false,
    usualDurationMs: null,
    waits: [],
    actions: [],
  };
}
