import type {
  DagRun,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DagFacts, Rule, RuleType } from '../types';
import {
  dagOf,
  dagsOf,
  findingOf,
  isReadSince,
  knownAt,
  later,
  proof,
} from './facts';
import { span, utc } from './words';

type RunTooLong = Extract<Rule, { type: 'run-too-long' }>;

/** A run that has been running for longer than it may; one alert for each run. */
export const runTooLong: RuleType<RunTooLong> = {
  expected: ({ longerThanMs }) =>
    `No run takes longer than ${span(longerThanMs)}`,

  find(facts, rule) {
    // Whether a run still runs is known of the moment of the reading only.
    const readAt = knownAt(facts, 'runs');
    if (readAt === null) return [];
    return dagsOf(facts, rule).flatMap(dag =>
      running(dag)
        .map(run => ({ run, tookMs: between(run.startedAt, readAt) }))
        .filter(({ tookMs }) => tookMs > rule.longerThanMs)
        .map(({ run, tookMs }) => ({
          ...findingOf(rule, {
            kind: 'run',
            cluster: facts.cluster.name,
            dagId: dag.dagId,
            runId: run.runId,
          }),
          occurrence: run.startedAt,
          title: `${dag.displayName} runs for too long`,
          observed: `Run ${run.runId} has been running for ${span(tookMs)}`,
          expected: runTooLong.expected(rule),
          since: later(run.startedAt, rule.longerThanMs),
          factsReadAt: readAt,
          runId: run.runId,
          owner: dag.owner,
        })),
    );
  },

  proof(alert, facts) {
    const dag = dagOf(alert, facts);
    if (!dag || !isReadSince(facts, 'runs', alert)) return null;
    const ended = [dag.lastSuccess, dag.lastRun, ...dag.failedRuns].find(
      run => run?.runId === alert.runId && run?.endedAt,
    );
    if (ended) {
      return proof(`Run ${ended.runId} ${howEnded(ended)}`, ended);
    }
    const isUnderWay = running(dag).some(
      run => run.runId === alert.runId && run.startedAt === alert.occurrence,
    );
    return isUnderWay
      ? null
      : { text: `Run ${alert.runId} no longer runs`, runId: alert.runId };
  },
};

function howEnded({ state, endedAt }: DagRun): string {
  const how =
    { success: 'succeeded', failed: 'failed' }[String(state)] ?? 'ended';
  return endedAt ? `${how} at ${utc(endedAt)}` : how;
}

type RunningRun = DagRun & { startedAt: Instant };

function running(dag: DagFacts): RunningRun[] {
  return dag.unfinishedRuns.filter(
    (run): run is RunningRun =>
      run.state === 'running' && run.startedAt !== null,
  );
}

function between(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from);
}
