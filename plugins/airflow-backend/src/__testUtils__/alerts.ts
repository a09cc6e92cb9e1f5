import type {
  CollectionKind,
  DagPresence,
  DagRun,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  AbsentDag,
  ClusterFacts,
  DagFacts,
  Reading,
} from '../model/clusterFacts';
import type { StoredAlert } from '../model/storedAlerts';
import type { Condition, Finding } from '../rules';
import { maskedFinding } from '../rules/maskedFinding';
import { aRun } from './rows';

/** When the facts of these tests were read, unless a test says otherwise. */
export const readAt = '2026-11-24T03:00:00.000Z';

/** A reading that went well. */
export function wellRead(at = readAt): Reading {
  return {
    readAt: at,
    failingSince: null,
    problem: null,
    tried: { firstAt: at, lastAt: at },
    everyMs: 30_000,
  };
}

/** A cluster of which all is well, read just now. */
export function theFacts(
  overrides: Partial<Omit<ClusterFacts, 'readings' | 'dags'>> & {
    readings?: Partial<Record<CollectionKind, Reading>>;
    dags?: DagFacts[];
  } = {},
): ClusterFacts {
  const { readings, dags = [], ...others } = overrides;
  return {
    cluster: {
      name: 'prod-eu',
      title: 'Production EU',
      environment: 'production',
      owner: 'group:default/platform',
    },
    now: new Date(Date.parse(readAt) + 2_000),
    clock: null,
    clockSet: null,
    watchedSince: new Date('2026-11-24T02:00:00.000Z'),
    components: [],
    importErrors: [],
    presences: { there: 0, doubted: 0, doubtedSince: null },
    absent: new Map(),
    ...others,
    readings: {
      health: wellRead(),
      inventory: wellRead(),
      runs: wellRead(),
      ...readings,
    },
    dags: new Map(dags.map(dag => [dag.dagId, dag])),
  };
}

/** As {@link theFacts}, of a cluster whose DAGs are not all there. */
export function factsOfAbsent(
  dags: readonly AbsentDag[],
  more: Parameters<typeof theFacts>[0] = {},
): ClusterFacts {
  return theFacts({
    absent: new Map(dags.map(dag => [dag.dagId, dag])),
    ...more,
  });
}

/** A DAG of which nothing is wrong. */
export function aDagOfFacts(
  dagId: string,
  overrides: Partial<DagFacts> = {},
): DagFacts {
  return {
    dagId,
    displayName: dagId,
    paused: false,
    hasImportErrors: false,
    isVanished: false,
    tags: [],
    owner: { ref: 'group:default/payments', source: 'tag', by: 'payments' },
    failedRuns: [],
    failuresInARow: 0,
    failingSince: null,
    lastSuccess: null,
    overtakenRuns: [],
    namedRuns: new Map(),
    unfinishedRuns: [],
    activeRuns: 0,
    maxActiveRuns: 16,
    usualMs: null,
    schedule: { kind: 'none', expression: null, description: null },
    readAt,
    nextRunAt: null,
    unkeptPromises: [],
    runsSinceMissed: [],
    lastRun: null,
    firstSeenAt: '2026-11-01T00:00:00.000Z',
    listedSince: null,
    ...overrides,
  };
}

/** A scheduled DAG that is not simply listed. */
export function anAbsentDag(
  dagId: string,
  state: DagPresence,
  overrides: Partial<AbsentDag> = {},
): AbsentDag {
  return {
    dagId,
    displayName: dagId,
    presence: { state, since: readAt, reason: 'for a test' },
    fileLocation: `/dags/${dagId}.py`,
    isScheduled: true,
    tags: [],
    owner: { ref: 'group:default/payments', source: 'tag', by: 'payments' },
    ...overrides,
  };
}

/** A stored run of five minutes. */
export function aStoredRun(
  dagId: string,
  dueAt: string,
  overrides: Partial<DagRun> = {},
): DagRun {
  return { cluster: 'prod-eu', ...aRun(dagId, dueAt), ...overrides };
}

/** What a rule found of a DAG. */
export function aFinding(overrides: Partial<Condition> = {}): Finding {
  return maskedFinding({
    fingerprint: 'run-failed/load_orders',
    occurrence: 'run 1',
    rule: 'run-failed',
    ruleType: 'run-failed',
    severity: 'warning',
    forMs: 0,
    subject: { kind: 'dag', cluster: 'prod-eu', dagId: 'load_orders' },
    title: 'load_orders failed',
    observed: 'Run 1 failed',
    expected: 'The newest finished run succeeded',
    since: readAt,
    factsReadAt: readAt,
    runId: 'run 1',
    owner: null,
    ...overrides,
  });
}

/** The alert that a finding made when it fired. */
export function anAlertOf(
  { forMs: _, ...finding }: Finding,
  overrides: Partial<StoredAlert> = {},
): StoredAlert {
  return {
    id: 'alert-1',
    ...finding,
    status: 'firing',
    noticedAt: finding.since,
    firedAt: finding.since,
    lastSeenAt: finding.since,
    failure: null,
    explanation: null,
    acknowledged: null,
    resolution: null,
    inhibitedBy: null,
    reopened: 0,
    oldNews: false,
    notified: overrides.resolution ? 'nothing' : 'fires',
    openings: [finding.since],
    flapping: null,
    dagPresence: null,
    ...overrides,
  };
}
