import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { findAll, proofOf } from '../rules';
import type { Rule } from '../rules';
import type { ClusterFacts, DagFacts } from '../model/clusterFacts';
import type { Proof } from '../rules';
import { outcomeOf } from '../insights/outcome';
import {
  aDagOfFacts,
  anAlertOf,
  aStoredRun,
  readAt,
  theFacts,
  wellRead,
} from './alerts';

/** When facts were read again, half an hour after {@link readAt}. */
export const later = '2026-11-24T03:30:00.000Z';

/** What every rule of these tests has. */
export const anyRule = { severity: 'warning', forMs: 0, scope: {} } as const;

export const runFailed: Rule = {
  ...anyRule,
  name: 'failed',
  type: 'run-failed',
};

export const inARow: Rule = {
  ...anyRule,
  name: 'in-a-row',
  type: 'failures-in-a-row',
  count: 3,
};

export const olderFailed: Rule = {
  ...anyRule,
  name: 'older',
  type: 'older-run-failed',
};

/** A full hour of the day of these tests. */
export const dueAt = (hour: number) =>
  `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`;

/** A successful run that was due at an hour and took five minutes. */
export function run(hour: number, overrides: Partial<DagRun> = {}): DagRun {
  return aStoredRun('load_orders', dueAt(hour), {
    runId: `run ${hour}`,
    ...overrides,
  });
}

export function failed(hour: number, overrides: Partial<DagRun> = {}): DagRun {
  return run(hour, { state: 'failed', ...overrides });
}

/** A run that goes on. */
export function underWay(hour: number): DagRun {
  return run(hour, { state: 'running', endedAt: null, durationMs: null });
}

/**
 * What the runs of a DAG say of it.
 *
 * @param named - the ids of the runs that open alerts name, whether they are there or not
 */
export function history(
  runs: readonly DagRun[],
  named: readonly string[] = [],
): Partial<DagFacts> {
  const { streak, failingSince, lastSuccess, overtaken } = outcomeOf(runs);
  return {
    failedRuns: streak.slice(0, 25),
    failuresInARow: streak.length,
    failingSince,
    lastSuccess,
    overtakenRuns: overtaken,
    unfinishedRuns: runs
      .filter(({ state }) => state === 'running')
      .map(own => ({ ...own, waitsSince: null })),
    namedRuns: new Map(
      named.map(id => [id, runs.find(({ runId }) => runId === id) ?? null]),
    ),
  };
}

/** Facts of one DAG, and when they were read. */
export function read(dag: Partial<DagFacts>, at = readAt): ClusterFacts {
  return theFacts({
    now: new Date(Date.parse(at) + 2_000),
    dags: [aDagOfFacts('load_orders', dag)],
    readings: { runs: wellRead(at), inventory: wellRead(at) },
  });
}

/** The same, but runs cannot be read now. */
export function failing(facts: ClusterFacts): ClusterFacts {
  const runs = { ...facts.readings.runs, failingSince: readAt };
  return { ...facts, readings: { ...facts.readings, runs } };
}

/** The same, but runs were not read whole yet. */
export function unread(facts: ClusterFacts): ClusterFacts {
  const runs = { ...facts.readings.runs, readAt: null };
  return { ...facts, readings: { ...facts.readings, runs } };
}

/** What proves, in later facts, that what a rule found in others is over. */
export function proofIn(
  facts: ClusterFacts,
  rule: Rule,
  foundIn: ClusterFacts,
): Proof | null {
  const [finding] = findAll(foundIn, [rule]);
  return proofOf(anAlertOf(finding), facts, [rule]);
}
