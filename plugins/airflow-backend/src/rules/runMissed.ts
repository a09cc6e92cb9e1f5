import {
  toClusterTime,
  type DagRun,
  type Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { scheduleMoments } from '../insights/scheduleMoments';
import type { ClusterFacts, DagFacts, DuePromise } from '../model/clusterFacts';
import type { StoredAlert } from '../model/storedAlerts';
import { duration } from '../model/configValues';
import {
  dagOf,
  dagsOf,
  findingOfDag,
  isAfter,
  knownAt,
  knownUntil,
  later,
  pausedProof,
  proof,
  sinceIn,
} from './facts';
import type { Proof } from './finding';
import {
  awaited,
  cameOf,
  freeSince,
  isHeldBack,
  lostSince,
  type LostRuns,
} from './missedRuns';
import type { RuleType } from './ruleType';
import { dagRule } from './schema';
import { span, utc } from './words';

const MINUTE_MS = 60_000;

const schema = dagRule('run-missed', { severity: 'warning' })
  .extend({
    grace: duration.default(10 * MINUTE_MS).describe('so late a run may come'),
  })
  .transform(({ grace, ...rule }) => ({ ...rule, graceMs: grace }));

/** A clock that is measured anew moves a moment by less. */
const CLOCK_MS = 30_000;
/** So many moments are named one by one. */
const MOST_NAMED = 6;

/**
 * A DAG of which a run did not come that Airflow itself had announced, though nothing held it back. Both moments are
 * UTC, so a change of clocks moves nothing; and since the promise is stored, it is missed too when the scheduler that
 * would announce is dead.
 */
export const runMissed: RuleType<typeof schema> = {
  schema,
  about: 'dag',
  words: {
    wrong:
      'a run that Airflow had announced did not come, and nothing holds it back',
    over: "the run, however late; runs that come again, with what was lost; Airflow's withdrawal",
  },
  causes: [
    'cluster-unreachable',
    'metadatabase',
    'scheduler',
    'import-error',
    'dag-vanished',
    'run-too-long',
  ],

  expected: ({ graceMs }) =>
    `A run comes within ${span(graceMs)} of when Airflow announced it`,

  find(facts, rule) {
    const readAt = knownAt(facts, 'runs');
    if (readAt === null) return [];
    return dagsOf(facts, rule).flatMap(dag => {
      const missed = missedOf(dag, { facts, readAt, graceMs: rule.graceMs });
      const [first] = missed;
      const last = missed.at(-1);
      if (!first || !last) return [];
      return {
        ...findingOfDag(facts, rule, dag),
        occurrence: last.runAfter,
        title: `${dag.displayName} did not run`,
        observed: observed(dag, missed),
        since: sinceIn(facts, first.runAfter),
        factsReadAt: readAt,
        runId: null,
      };
    });
  },

  proof(alert, facts) {
    const dag = dagOf(alert, facts);
    if (!dag) return null;
    if (dag.paused) return pausedProof(facts, dag);
    if (knownAt(facts, 'runs') === null) return null;
    const isAwaited = awaited(dag).some(
      ({ runAfter }) => !isAfter(runAfter, alert.occurrence),
    );
    if (isAwaited) return null;
    const inventoryAt = knownUntil(facts, 'inventory');
    if (inventoryAt === null) return null;
    const since = missedSince(facts, dag, alert);
    const came = dag.runsSinceMissed.filter(
      run => !isAfter(since, cameOf(run)),
    );
    const [first] = came;
    if (!first)
      return isWithdrawn(facts, dag, alert) ? withdrawnProof(dag) : null;
    // What Airflow means to make next, and so what it passed over, is known of the inventory after that run.
    return isAfter(inventoryAt, cameOf(first))
      ? cameProof(dag, since, came)
      : null;
  },
};

/** Promises whose grace was over when runs were last read, oldest first. */
function missedOf(
  dag: DagFacts,
  judged: { facts: ClusterFacts; readAt: Instant; graceMs: number },
): DuePromise[] {
  // That many DAGs are missing at once is told; what Airflow still means to do with each is not known.
  const isDoubted =
    judged.facts.absent.get(dag.dagId)?.presence.state === 'doubted';
  if (isDoubted || isHeldBack(dag)) return [];
  return awaited(dag).filter(promise => {
    const deadline = later(
      freeSince(judged.facts, dag, promise),
      judged.graceMs,
    );
    return !isAfter(deadline, judged.readAt);
  });
}

/** An inventory sees what is announced at its own moment; what the schedule names in between was due as well. */
function observed(dag: DagFacts, missed: readonly DuePromise[]): string {
  const [first] = missed;
  const last = missed[missed.length - 1];
  const announced = missed.map(({ runAfter }) => runAfter);
  const moments = scheduleMoments(dag.schedule, announced, {
    from: first.runAfter,
    to: later(last.runAfter, 1),
  });
  const count = moments?.length ?? missed.length;
  if (count === 1) {
    return `The run announced for ${utc(first.runAfter)} has not come`;
  }
  const atLeast = moments ? '' : 'at least ';
  const text = `${atLeast}${count} runs that were due have not come, from ${utc(
    first.runAfter,
  )} to ${utc(last.runAfter)}`;
  return text.replace(/^a/, 'A');
}

/**
 * Whether Airflow announces something else, or nothing, though the run has not come. It also announces nothing, or the
 * next one, once that has come: until runs are read after the DAG nobody knows which.
 */
function isWithdrawn(
  facts: ClusterFacts,
  { readAt, nextRunAt }: DagFacts,
  { occurrence }: StoredAlert,
): boolean {
  const runsReadAt = knownAt(facts, 'runs');
  const isReadSince = runsReadAt !== null && !isAfter(readAt, runsReadAt);
  return isReadSince && (nextRunAt === null || isAfter(nextRunAt, occurrence));
}

/** The promise is not there any more, no run keeps it, and none came since: the schedule or its end has changed. */
function withdrawnProof({ displayName, nextRunAt }: DagFacts): Proof {
  return proof(
    nextRunAt === null
      ? `Airflow announces no run of ${displayName} any more`
      : `Airflow withdrew it and now announces the next run for ${utc(
          nextRunAt,
        )}`,
  );
}

/** The moment that the alert began with, by the cluster's clock, which may have been measured anew or set since. */
function missedSince(
  { clock, clockSet }: ClusterFacts,
  dag: DagFacts,
  { since, occurrence }: StoredAlert,
): Instant {
  const about = toClusterTime(since, clock);
  const before = later(since, clockSet?.offsetBeforeMs ?? 0);
  const known = [
    occurrence,
    ...dag.unkeptPromises.map(({ runAfter }) => runAfter),
    ...dag.runsSinceMissed.map(({ dueAt }) => dueAt),
  ];
  const nearest = (to: Instant) =>
    known.find(
      moment => Math.abs(Date.parse(moment) - Date.parse(to)) < CLOCK_MS,
    );
  return nearest(about) ?? (clockSet && nearest(before)) ?? about;
}

function cameProof(
  dag: DagFacts,
  since: Instant,
  came: readonly DagRun[],
): Proof {
  const [first] = came;
  const lost = lostSince(dag, since, came);
  if (lost.moments.length === 0) {
    return proof(`Run ${first.runId} came ${lateness(first, since)}`, first);
  }
  return proof(
    `Runs come again since ${utc(cameOf(first))}, with run ${
      first.runId
    }. Airflow does not make up for what it passed over: ${lossOf(lost)}`,
    first,
  );
}

function lossOf({ moments, isComplete }: LostRuns): string {
  const count = moments.length;
  const named = moments.slice(0, MOST_NAMED).map(utc).join(', ');
  const rest = count > MOST_NAMED ? ` and ${count - MOST_NAMED} more` : '';
  const runs = count === 1 ? '1 run is' : `${count} runs are`;
  return `${isComplete ? '' : 'at least '}${runs} lost: ${named}${rest}`;
}

function lateness(run: DagRun, promised: Instant): string {
  const lateMs = Date.parse(cameOf(run)) - Date.parse(promised);
  return `${span(Math.max(0, lateMs))} after the time announced`;
}
