import type {
  DagRun,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { DagFacts, UnfinishedRun } from '../model/clusterFacts';
import { duration } from '../model/configValues';
import {
  dagsWithRunsOf,
  dagWithRunsOf,
  findingOf,
  isReadSince,
  later,
  proof,
  readOf,
  sinceIn,
} from './facts';
import type { RuleOf, RuleType } from './ruleType';
import { dagRule } from './schema';
import { span, utc } from './words';

const HOUR_MS = 60 * 60_000;

const schema = dagRule('run-too-long', { severity: 'warning' })
  .extend({
    longerThan: duration
      .default(24 * HOUR_MS)
      .describe('so long a run may take'),
    timesUsual: z
      .number()
      .min(1)
      .default(3)
      .describe(
        'so many times as long as usual, and 15 minutes more, is too long',
      ),
  })
  .transform(({ longerThan, ...rule }) => ({
    ...rule,
    longerThanMs: longerThan,
  }));

type RunTooLong = RuleOf<typeof schema>;

/** Runs that are short take several times as long now and then. */
const LEAST_MORE_MS = 15 * 60_000;

/** A run that has been running for longer than it may; one alert for each run. */
export const runTooLong: RuleType<typeof schema> = {
  schema,
  about: 'run',
  words: {
    wrong:
      "a run has been running for longer, or for much longer than the DAG's runs usually do; one alert a run",
    over: 'the end of the run',
  },
  causes: ['cluster-unreachable', 'metadatabase', 'scheduler'],

  expected: ({ longerThanMs, timesUsual }) =>
    `No run takes longer than ${span(
      longerThanMs,
    )}, or ${timesUsual} times as long as usual and ${span(
      LEAST_MORE_MS,
    )} more than that`,

  find(facts, rule) {
    // Whether a run still runs is known of the moment of the reading only.
    const read = readOf(facts, 'runs');
    if (read === null) return [];
    return dagsWithRunsOf(facts, rule).flatMap(dag =>
      running(dag)
        .map(run => ({ run, tookMs: between(run.startedAt, read.until) }))
        .filter(({ tookMs }) => tookMs > longest(dag, rule))
        .map(({ run, tookMs }) => ({
          ...findingOf(rule, {
            kind: 'run',
            cluster: facts.cluster.name,
            dagId: dag.dagId,
            runId: run.runId,
          }),
          occurrence: run.startedAt,
          title: `${dag.displayName} runs for too long`,
          observed: observed(dag, run, tookMs),
          since: sinceIn(facts, later(run.startedAt, longest(dag, rule))),
          factsReadAt: read.at,
          runId: run.runId,
          owner: dag.owner,
        })),
    );
  },

  proof(alert, facts) {
    const dag = dagWithRunsOf(alert, facts);
    if (!dag || !isReadSince(facts, 'runs', alert)) return null;
    const ended = [dag.lastSuccess, dag.lastRun, ...dag.failedRuns].find(
      run => run?.runId === alert.runId && run?.endedAt,
    );
    if (ended) {
      return proof(`Run ${ended.runId} ${howEnded(ended)}`, ended);
    }
    // A state that nobody knows says nothing of an end.
    const mayRun = dag.unfinishedRuns.some(
      run =>
        run.runId === alert.runId &&
        run.startedAt === alert.occurrence &&
        (run.state === 'running' || run.state === 'unknown'),
    );
    return mayRun
      ? null
      : { ...proof(`Run ${alert.runId} no longer runs`), runId: alert.runId };
  },
};

/** How long a run of a DAG may take: as the rule says, or as it usually does. */
function longest({ usualMs }: DagFacts, rule: RunTooLong): number {
  if (usualMs === null) return rule.longerThanMs;
  const unusual = Math.max(rule.timesUsual * usualMs, usualMs + LEAST_MORE_MS);
  return Math.min(rule.longerThanMs, unusual);
}

function observed(dag: DagFacts, run: DagRun, tookMs: number): string {
  const usual =
    dag.usualMs === null ? '' : `; one usually takes ${span(dag.usualMs)}`;
  const { activeRuns, maxActiveRuns } = dag;
  const held =
    maxActiveRuns !== null && activeRuns >= maxActiveRuns
      ? `. Airflow makes no other run meanwhile: max_active_runs (${activeRuns} of ${maxActiveRuns})`
      : '';
  return `Run ${run.runId} has been running for ${span(tookMs)}${usual}${held}`;
}

function howEnded({ state, endedAt }: DagRun): string {
  const how =
    { success: 'succeeded', failed: 'failed' }[String(state)] ?? 'ended';
  return endedAt ? `${how} at ${utc(endedAt)}` : how;
}

type RunningRun = UnfinishedRun & { startedAt: Instant };

function running(dag: DagFacts): RunningRun[] {
  return dag.unfinishedRuns.filter(
    (run): run is RunningRun =>
      run.state === 'running' && run.startedAt !== null,
  );
}

function between(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from);
}
