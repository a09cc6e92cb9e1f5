import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { endOf, isNewer } from '../insights/outcome';
import type { DagFacts } from '../model/clusterFacts';
import {
  dagWithRunsOf,
  dagsWithRunsOf,
  findingOfDag,
  knownAt,
  proof,
  sinceIn,
} from './facts';
import { deleted, fromOccurrence, succeeded, toOccurrence } from './failedRuns';
import type { RuleType } from './ruleType';
import { dagRule } from './schema';
import { utc } from './words';

const schema = dagRule('older-run-failed', { severity: 'warning' });

/**
 * A DAG of which runs of older dates failed, in a backfill or because they took long, when a newer one had succeeded. It
 * is not failing, but what they were for is not done.
 */
export const olderRunFailed: RuleType<typeof schema> = {
  schema,
  about: 'dag',
  words: {
    wrong:
      'runs of older dates failed when a newer one had succeeded, as in a backfill; one alert a DAG',
    over: 'none of them is failed any more, and none goes on',
  },
  causes: ['cluster-unreachable'],

  expected: () => 'Runs of older dates succeed too',

  find(facts, rule) {
    const readAt = knownAt(facts, 'runs');
    if (readAt === null) return [];
    return dagsWithRunsOf(facts, rule).flatMap(dag => {
      const [last] = dag.overtakenRuns;
      const first = dag.overtakenRuns.at(-1);
      if (!last || !first) return [];
      return {
        ...findingOfDag(facts, rule, dag),
        ...wordsOf(dag, last),
        since: sinceIn(facts, endOf(first)),
        occurrence: toOccurrence(last),
        factsReadAt: readAt,
        runId: last.runId,
      };
    });
  },

  proof(alert, facts) {
    const dag = dagWithRunsOf(alert, facts);
    const failed = fromOccurrence(alert.occurrence);
    if (!dag || !failed || knownAt(facts, 'runs') === null) return null;
    const now = dag.namedRuns.get(failed.runId);
    if (now === undefined || dag.overtakenRuns.length > 0 || anyGoesOn(dag)) {
      return null;
    }
    if (now === null) return deleted(failed.runId);
    return now.state === 'success'
      ? succeeded(now)
      : proof(`No newer run than ${now.runId} had succeeded`, now);
  },
};

function wordsOf({ displayName, overtakenRuns }: DagFacts, last: DagRun) {
  const at = `at ${utc(endOf(last))}, when a newer one had succeeded`;
  return overtakenRuns.length === 1
    ? {
        title: `${displayName} failed for an older date`,
        observed: `Run ${last.runId} failed ${at}`,
      }
    : {
        title: `${displayName} failed for older dates`,
        observed: `${overtakenRuns.length} runs failed, the last one is ${last.runId} ${at}`,
      };
}

/** What was cleared goes on, and may fail again. */
function anyGoesOn({ unfinishedRuns, lastSuccess }: DagFacts): boolean {
  return unfinishedRuns.some(
    run => lastSuccess === null || !isNewer(run, lastSuccess),
  );
}
