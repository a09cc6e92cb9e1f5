import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DagFacts, UnfinishedRun } from '../model/clusterFacts';
import { duration } from '../model/configValues';
import {
  dagOf,
  dagsOf,
  findingOfDag,
  isReadSince,
  knownUntil,
  later,
  proof,
  readOf,
  sinceIn,
} from './facts';
import type { RuleType } from './ruleType';
import { dagRule } from './schema';
import { span, utc } from './words';

const MINUTE_MS = 60_000;

const schema = dagRule('run-stuck-queued', { severity: 'warning' })
  .extend({
    longerThan: duration
      .default(15 * MINUTE_MS)
      .describe('so long a run may be queued'),
  })
  .transform(({ longerThan, ...rule }) => ({
    ...rule,
    longerThanMs: longerThan,
  }));

/** A DAG of which runs stay queued; one alert however many they are. */
export const runStuckQueued: RuleType<typeof schema> = {
  schema,
  about: 'dag',
  words: {
    wrong:
      'a run has been queued for longer; one alert a DAG, with why where that is known',
    over: 'no run waits for so long any more',
  },
  causes: ['cluster-unreachable', 'metadatabase', 'scheduler'],

  expected: ({ longerThanMs }) =>
    `No run is queued for longer than ${span(longerThanMs)}`,

  find(facts, rule) {
    const read = readOf(facts, 'runs');
    if (read === null) return [];
    return dagsOf(facts, rule).flatMap(dag => {
      const stuck = waitingSince(dag, later(read.until, -rule.longerThanMs));
      const [longest] = stuck;
      if (!longest) return [];
      const { why, isMeant } = reasonOf(dag);
      const waitedMs = Date.parse(read.until) - Date.parse(longest.waitsSince);
      const others = stuck.length - 1;
      return {
        ...findingOfDag(facts, rule, dag),
        ...(isMeant && { severity: 'info' as const }),
        occurrence: longest.runId,
        title: `${dag.displayName} has a run that waits`,
        observed: `Run ${longest.runId} has been queued for ${span(waitedMs)}${
          others > 0 ? `, and ${others} more with it` : ''
        }: ${why}`,
        since: sinceIn(facts, later(longest.waitsSince, rule.longerThanMs)),
        factsReadAt: read.at,
        runId: null,
      };
    });
  },

  proof(alert, facts, rule) {
    const dag = dagOf(alert, facts);
    const readUntil = knownUntil(facts, 'runs');
    if (!dag || readUntil === null || !isReadSince(facts, 'runs', alert)) {
      return null;
    }
    const stuck = waitingSince(dag, later(readUntil, -rule.longerThanMs));
    return stuck.length > 0
      ? null
      : proof(`Run ${alert.occurrence} is not queued any more`);
  },
};

type WaitingRun = UnfinishedRun & { waitsSince: Instant };

/** Queued since before a moment, longest first. */
function waitingSince(dag: DagFacts, moment: Instant): WaitingRun[] {
  return dag.unfinishedRuns
    .filter(
      (run): run is WaitingRun =>
        run.waitsSince !== null &&
        Date.parse(run.waitsSince) < Date.parse(moment),
    )
    .sort((a, b) => Date.parse(a.waitsSince) - Date.parse(b.waitsSince));
}

/** Why runs wait, as far as the portal can see, and whether somebody means them to. */
function reasonOf(dag: DagFacts): { why: string; isMeant: boolean } {
  if (dag.paused) {
    return {
      why: 'it waits, for the DAG is paused, until somebody unpauses it',
      isMeant: true,
    };
  }
  const running = dag.unfinishedRuns.filter(({ state }) => state === 'running');
  const [first] = running;
  const most = dag.maxActiveRuns;
  if (first && most !== null && running.length >= most) {
    const since = first.startedAt ? ` since ${utc(first.startedAt)}` : '';
    return {
      why: `max_active_runs (${running.length} of ${most}) holds it back, run ${first.runId} is under way${since}`,
      isMeant: true,
    };
  }
  return {
    why: 'neither a pause nor max_active_runs holds it back; look at the scheduler and at how many tasks and runs this Airflow may run at once',
    isMeant: false,
  };
}
