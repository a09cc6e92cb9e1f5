import type {
  ComponentHealth,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { ClusterFacts } from '../model/clusterFacts';
import {
  clusterOwner,
  findingOf,
  isAfter,
  isReadSince,
  knownAt,
  proof,
  knownUntil,
  later,
  sinceIn,
} from './facts';
import type { RuleType } from './ruleType';
import { clusterRule } from './schema';
import { coversCluster } from './scope';
import { utc } from './words';
import { workWaits } from './workWaits';

const MINUTE_MS = 60_000;

const schema = clusterRule('component-unhealthy', {
  severity: 'critical',
  forMs: MINUTE_MS,
});

/**
 * A component that Airflow itself calls unhealthy, and a scheduler of which nothing is known while work waits for it.
 */
export const componentUnhealthy: RuleType<typeof schema> = {
  schema,
  about: 'component',
  words: {
    wrong:
      'Airflow calls a component unhealthy: metadatabase, scheduler, triggerer, DAG processor; one alert each; or a scheduler gives no sign of life',
    over: 'Airflow calls it healthy, or no longer has it',
    threshold: "(Airflow's own)",
  },
  // Every component writes its heartbeat into the database.
  causes: ['cluster-unreachable', 'metadatabase'],

  expected: () =>
    'Airflow calls the component healthy, and its heartbeat goes on',

  find(facts, rule) {
    const { cluster, components } = facts;
    const readAt = knownAt(facts, 'health');
    if (readAt === null || !coversCluster(rule.scope, cluster)) return [];
    const isSilent = ({ name, status }: ComponentHealth) =>
      name === 'scheduler' && status === 'unknown' && workWaits(facts);
    return components
      .filter(
        component => component.status === 'unhealthy' || isSilent(component),
      )
      .map(component => ({
        ...findingOf(rule, {
          kind: 'component',
          cluster: cluster.name,
          component: component.name,
        }),
        // A process that beats too seldom is one trouble, not one for each beat.
        occurrence: 'unhealthy',
        title: `The ${named(component)} of ${cluster.title} ${
          component.status === 'unknown'
            ? 'gives no sign of life'
            : 'is unhealthy'
        }`,
        observed: lastWords(component, facts),
        since: lastBeat(component, facts, readAt),
        factsReadAt: readAt,
        runId: null,
        owner: clusterOwner(facts),
      }));
  },

  proof(alert, facts) {
    const { subject } = alert;
    if (subject.kind !== 'component') return null;
    const component = facts.components.find(
      ({ name }) => name === subject.component,
    );
    if (!component || !isReadSince(facts, 'health', alert)) return null;
    if (component.status === 'absent') {
      return proof(
        `${facts.cluster.title} has no ${named(component)} any more`,
      );
    }
    if (component.status !== 'healthy') return null;
    const beat = component.heartbeatAt;
    return proof(
      beat
        ? `The ${named(component)} is healthy, its heartbeat was at ${utc(
            beat,
          )}`
        : `Airflow calls the ${named(component)} healthy`,
    );
  },
};

function named({ name }: ComponentHealth): string {
  return name.replaceAll('_', ' ');
}

/** The hosts of one Airflow may differ by as much. */
const CLOCKS_APART_MS = 30_000;

function lastWords(
  { heartbeatAt }: ComponentHealth,
  facts: ClusterFacts,
): string {
  if (!heartbeatAt) return 'Airflow tells of no heartbeat';
  const at = utc(heartbeatAt);
  const read = knownUntil(facts, 'health');
  return read && isAfter(heartbeatAt, later(read, CLOCKS_APART_MS))
    ? `Runs wait for it; its last heartbeat is dated ${at}, from before the clock of that Airflow was set back, and Airflow itself calls it healthy until then`
    : `Its last heartbeat was at ${at}`;
}

/** Clocks are not measured to the second: what was read cannot be later than its reading. */
function lastBeat(
  { heartbeatAt }: ComponentHealth,
  facts: ClusterFacts,
  readAt: Instant,
): Instant {
  const beat = heartbeatAt && sinceIn(facts, heartbeatAt);
  return beat && isAfter(readAt, beat) ? beat : readAt;
}
