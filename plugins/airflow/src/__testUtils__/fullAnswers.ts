import {
  capabilities,
  type Cluster,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { alertOf, allRead, deliveryOf, pageOf } from './alerts';
import {
  clusterOf,
  dagDetailsOf,
  dagOf,
  dagPageOf,
  runOf,
  runPageOf,
} from './dags';
import type { Answers } from './fakeApi';
import { instanceOf, structureOf, taskOf, triesOf } from './tasks';

const AT = '2026-11-23T02:00:00.000Z';

const run = runOf({ runId: 'nightly', state: 'failed' });
const cluster: Cluster = clusterOf({ capabilities: [...capabilities] });
const failed = instanceOf('extract', { runId: 'nightly', state: 'failed' });
const mapped = instanceOf('resize', { runId: 'nightly', mapIndex: 3 });
const value = { text: '1', isJson: true, length: 1, isCut: false };

/** Of every endpoint that pages read something, so that each part of a page is there and asks for what it needs. */
export const fullAnswers: Answers = {
  getOverview: () => ({
    since: AT,
    runs: { success: 9, failed: 1, running: 0, queued: 0 },
    failingDags: [],
    failingTotal: 0,
    recoveredTotal: 0,
    longestRunning: [],
    coverage: allRead,
  }),
  listClusters: () => ({ items: [cluster] }),
  getCluster: () => cluster,
  listImportErrors: () => pageOf([]),
  listPools: () => ({ items: [] }),
  listPackages: () => ({ providers: [], plugins: [] }),
  listActivity: () => ({ items: [], nextCursor: null, partial: false }),
  listAlerts: () => pageOf([alertOf({ id: 'a1' })]),
  getAlert: () => ({
    alert: alertOf({ id: 'a1' }),
    timeline: [],
    deliveries: [],
    inhibits: [],
    cause: null,
  }),
  listAlertRules: () => ({ items: [] }),
  listDeliveries: () => pageOf([deliveryOf({ id: 'd1' })]),
  listDags: () => pageOf([dagOf()]),
  listDagFacets: () => ({
    cluster: [],
    environment: [],
    lastRunState: [],
    tag: [],
    owner: [],
    ownerRef: [],
    paused: [],
  }),
  getDag: () => ({ ...dagPageOf(), recentRuns: [run] }),
  getDagDetails: () =>
    dagDetailsOf({
      params: [{ name: 'rows', value: '5', description: null, schema: '{}' }],
    }),
  listTaskCounts: () => ({ items: [] }),
  listRuns: () => pageOf([run]),
  getDagStructure: () => structureOf([taskOf('extract')]),
  listTaskSummaries: () => ({
    items: [
      { runId: 'nightly', tasks: [{ taskId: 'extract', state: 'failed' }] },
    ],
  }),
  getRunStatistics: () => ({ items: [], storedSince: AT }),
  getTaskStatistics: () => ({ items: [], runs: 0, runsThere: 0 }),
  getCalendar: () => ({ items: [], storedSince: AT }),
  getDagSource: () => ({ code: 'a = 1\n', version: 2 }),
  listDagVersions: () => ({
    items: [2, 1].map(number => ({
      number,
      createdAt: AT,
      bundle: null,
      bundleVersion: null,
    })),
  }),
  listDagAssets: () => ({
    items: [
      {
        id: 1,
        name: 'orders',
        uri: 's3://orders',
        consumers: [],
        producers: [{ dagId: 'load_orders', taskId: 'load' }],
        lastEventAt: AT,
      },
    ],
  }),
  listAssetEvents: () => ({ items: [] }),
  listBackfills: () => ({ items: [] }),
  getRun: () => runPageOf(run),
  listTaskInstances: () => ({
    items: [{ ...failed, tryNumber: 2 }],
    skippedRows: 0,
  }),
  listHumanInputs: () => ({ items: [] }),
  listTaskTries: ({ query: { mapIndex } }) =>
    mapIndex === -1 ? triesOf(failed, [failed]) : triesOf(mapped, [mapped]),
  listMappedInstances: () => ({
    items: [mapped],
    total: 1,
    counts: { success: 1 },
  }),
  listXComs: () => ({ items: [{ key: 'return_value', storedAt: AT }] }),
  getXCom: () => value,
  listRenderedFields: () => ({ items: [{ name: 'sql', value }] }),
  getTaskFacts: () => ({
    priorityWeight: 1,
    poolSlots: 1,
    executor: null,
    links: [],
  }),
  getTaskError: () => ({
    exception: 'ValueError: no rows',
    excerpt: [],
    line: 3,
    isWhole: true,
    isReading: false,
  }),
  streamTaskLog: () => [],
  listWaitReasons: () => ({ items: [] }),
  clearRun: () => ({ dryRun: true, items: [] }),
};

/** A task that has not begun, below one that runs. */
export const waitingTask: Answers = {
  listTaskTries: () =>
    triesOf(instanceOf('extract', { state: 'none', tryNumber: 0 })),
};
