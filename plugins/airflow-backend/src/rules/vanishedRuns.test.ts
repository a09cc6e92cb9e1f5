import {
  aDagOfFacts,
  anAbsentDag,
  anAlertOf,
  aStoredRun,
  factsOfAbsent,
} from '../__testUtils__/alerts';
import type { Rule } from './index';
import type { ClusterFacts, DagFacts } from '../model/clusterFacts';
import { findAll, proofOf } from './index';

describe('the runs of a DAG that vanished', () => {
  const any = { severity: 'critical' as const, forMs: 0, scope: {} };
  const vanishing: Rule = { ...any, type: 'dag-vanished', name: 'vanished' };
  const rules: Rule[] = [
    { ...any, type: 'run-failed', name: 'failed' },
    {
      ...any,
      type: 'failures-in-a-row',
      name: 'in-a-row',
      count: 1,
    },
    { ...any, type: 'older-run-failed', name: 'older' },
    {
      ...any,
      type: 'run-too-long',
      name: 'too-long',
      longerThanMs: 3_600_000,
      timesUsual: 3,
    },
    {
      ...any,
      type: 'run-missed',
      name: 'missed',
      graceMs: 0,
    },
    {
      ...any,
      type: 'no-success',
      name: 'no-success',
      withinMs: 1,
    },
    {
      ...any,
      type: 'run-stuck-queued',
      name: 'stuck',
      longerThanMs: 1,
    },
  ];
  const at = '2026-11-24T01:00:00.000Z';
  const run = aStoredRun('orders', at, {
    state: 'failed',
    endedAt: '2026-11-24T02:30:00.000Z',
  });
  const open = { endedAt: null, startedAt: at };
  const dag = aDagOfFacts('orders', {
    failedRuns: [run],
    failuresInARow: 1,
    failingSince: run.endedAt,
    overtakenRuns: [{ ...run, runId: 'older' }],
    namedRuns: new Map([[run.runId, run]]),
    unfinishedRuns: [
      { ...run, ...open, state: 'running', runId: 'long', waitsSince: null },
      { ...run, ...open, state: 'queued', runId: 'waits', waitsSince: at },
    ],
    unkeptPromises: [
      { runAfter: at, dueAt: at, announcedAt: at, underWay: 0, freedAt: null },
    ],
  });
  const facts = (more: Partial<DagFacts> = {}, isVanished = true) =>
    factsOfAbsent(isVanished ? [anAbsentDag('orders', 'vanished')] : [], {
      dags: [{ ...dag, isVanished, ...more }],
    });
  const typesOf = (of: ClusterFacts) =>
    findAll(of, rules).map(({ ruleType }) => ruleType);

  it('are told as they end, but none is expected any more', () => {
    const ended = [
      'run-failed',
      'failures-in-a-row',
      'older-run-failed',
      'run-too-long',
    ];
    expect(typesOf(facts())).toEqual(ended);
    expect(typesOf(facts({}, false))).toEqual([
      ...ended,
      'run-missed',
      'no-success',
      'run-stuck-queued',
    ]);
  });

  it('are no news a day after they failed', () => {
    const endedAt = '2026-11-23T02:30:00.000Z';
    const failedRuns = [{ ...run, endedAt }];
    expect(typesOf(facts({ failedRuns }))).not.toContain('run-failed');
    expect(typesOf(facts({ failedRuns }, false))).toContain('run-failed');
  });

  it('prove by a success that a failure is over, and nothing else', () => {
    const succeeded = { ...run, state: 'success' as const };
    const after = facts({
      failedRuns: [],
      failuresInARow: 0,
      lastSuccess: succeeded,
      namedRuns: new Map([[run.runId, succeeded]]),
      unkeptPromises: [],
      unfinishedRuns: [],
    });
    const proven = findAll(facts({}, false), rules)
      .filter(finding => proofOf(anAlertOf(finding), after, rules))
      .map(({ ruleType }) => ruleType);
    expect(proven).toContain('run-failed');
    expect(proven).not.toContain('run-missed');
    expect(proven).not.toContain('run-stuck-queued');
  });

  it('are no sign that its file is back', () => {
    const [vanished] = findAll(facts(), [vanishing]);
    expect(proofOf(anAlertOf(vanished), facts(), [vanishing])).toBe(null);
  });
});
