import type { Instant } from '@airflow-fleet/backstage-plugin-airflow-common';
import { dagOf, findingOfDag, proof } from './facts';
import type { RuleType } from './ruleType';
import { dagRule } from './schema';
import { coversDag } from './scope';
import { utc } from './words';

const schema = dagRule('dag-vanished', { severity: 'warning' });

/** What vanished before is known by now, or was gone when this rule came into force. */
const NEWS_MS = 24 * 60 * 60_000;

/** A DAG that no file holds any more, though nobody deleted it. */
export const dagVanished: RuleType<typeof schema> = {
  schema,
  about: 'dag',
  words: {
    wrong: 'no file holds a DAG any more, and nobody deleted it',
    over: 'the DAG is listed again',
  },
  causes: ['cluster-unreachable'],

  expected: () => 'A file of the DAG folder or bundle holds the DAG',

  find(facts, rule) {
    const { cluster, now } = facts;
    return [...facts.absent.values()].flatMap(dag => {
      const { state, since, reason } = dag.presence;
      if (state !== 'vanished' || since === null) return [];
      if (!isNews(since, now) || !coversDag(rule.scope, cluster, dag))
        return [];
      return {
        ...findingOfDag(facts, rule, dag),
        occurrence: since,
        title: `${dag.displayName} vanished`,
        observed: `Since ${utc(since)} ${
          reason ?? 'Airflow finds it in no file any more'
        }. Nothing of it runs`,
        since,
        factsReadAt: since,
        runId: null,
      };
    });
  },

  proof(alert, facts) {
    const { subject, since } = alert;
    if (subject.kind !== 'dag') return null;
    const absent = facts.absent.get(subject.dagId);
    if (absent?.presence.state === 'broken') {
      return proof(
        `${absent.displayName} is in a file again, but that cannot be imported`,
      );
    }
    const dag = dagOf(alert, facts);
    if (!dag || absent?.presence.state === 'doubted') return null;
    return proof(
      `${dag.displayName} is listed again; it was gone from ${utc(since)} on`,
    );
  },
};

function isNews(since: Instant, now: Date): boolean {
  return now.getTime() - Date.parse(since) <= NEWS_MS;
}
