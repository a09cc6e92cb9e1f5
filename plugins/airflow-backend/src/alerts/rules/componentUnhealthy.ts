import type {
  ComponentHealth,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { coversCluster } from '../scope';
import type { RuleType } from '../types';
import {
  clusterOwner,
  findingOf,
  isAfter,
  isReadSince,
  knownAt,
  proof,
} from './facts';
import { utc } from './words';

const expected = 'Airflow calls the component healthy';

/** A component that Airflow itself calls unhealthy. */
export const componentUnhealthy: RuleType = {
  expected: () => expected,

  find(facts, rule) {
    const { cluster, components } = facts;
    const readAt = knownAt(facts, 'health');
    if (readAt === null || !coversCluster(rule.scope, cluster)) return [];
    return components
      .filter(({ status }) => status === 'unhealthy')
      .map(component => ({
        ...findingOf(rule, {
          kind: 'component',
          cluster: cluster.name,
          component: component.name,
        }),
        // A process that beats too seldom is one trouble, not one for each beat.
        occurrence: 'unhealthy',
        title: `The ${named(component)} of ${cluster.title} is unhealthy`,
        observed: component.heartbeatAt
          ? `Its last heartbeat was at ${utc(component.heartbeatAt)}`
          : 'Airflow tells of no heartbeat',
        expected,
        since: lastBeat(component, readAt),
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

/** Clocks differ: what was read cannot be later than its reading. */
function lastBeat({ heartbeatAt }: ComponentHealth, readAt: Instant): Instant {
  return heartbeatAt && isAfter(readAt, heartbeatAt) ? heartbeatAt : readAt;
}
