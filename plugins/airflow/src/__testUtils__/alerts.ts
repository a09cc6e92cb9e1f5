import type {
  Alert,
  Delivery,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Coverage } from '@airflow-fleet/backstage-plugin-airflow-common/contract';

const AT = '2026-11-23T02:00:00.000Z';

/** An alert that fires, changed where a test cares. */
export function alertOf(change: Partial<Alert> & { id: string }): Alert {
  return {
    rule: 'run-failed',
    ruleType: 'run-failed',
    severity: 'critical',
    status: 'firing',
    subject: { kind: 'dag', cluster: 'prod-eu', dagId: 'load_orders' },
    title: 'load_orders failed',
    observed: 'the newest run failed',
    expected: 'the newest run succeeds',
    since: AT,
    noticedAt: AT,
    firedAt: AT,
    lastSeenAt: AT,
    factsReadAt: AT,
    runId: 'scheduled__1',
    owner: {
      ref: 'group:default/payments',
      source: 'tag',
      by: 'team:payments',
    },
    failure: null,
    explanation: null,
    acknowledged: null,
    resolution: null,
    inhibitedBy: null,
    reopened: 0,
    flapping: null,
    oldNews: false,
    ...change,
  };
}

/** What others are so because of: their cluster cannot be read. */
export const cause = alertOf({
  id: 'c1',
  rule: 'cluster-unreachable',
  ruleType: 'cluster-unreachable',
  subject: { kind: 'cluster', cluster: 'staging-us' },
  title: 'staging-us cannot be read',
  observed: 'the TLS certificate has expired',
  runId: null,
});

/** What is so because of {@link cause}. */
export const beneath = ['b1', 'b2'].map(id =>
  alertOf({
    id,
    title: `${id} failed`,
    inhibitedBy: 'c1',
    severity: 'warning',
  }),
);

/** A notice that was sent, changed where a test cares. */
export function deliveryOf(
  change: Partial<Delivery> & { id: string },
): Delivery {
  return {
    alertId: 'a1',
    alertTitle: 'load_orders failed',
    notice: 'fired',
    channel: 'notifications',
    recipient: 'group:default/payments',
    status: 'sent',
    attempts: 1,
    createdAt: AT,
    nextAttemptAt: null,
    deliveredAt: AT,
    receipt: null,
    lastError: null,
    ...change,
  };
}

/** Two clusters that were read in time. */
export const allRead: Coverage[] = ['prod-eu', 'prod-us'].map(cluster => ({
  cluster,
  readAt: AT,
  stale: false,
}));

/** A list's only page. */
export function pageOf<T>(items: T[], coverage: Coverage[] = allRead) {
  return { items, nextCursor: null, total: items.length, coverage };
}

/** Facets that count nothing. */
export const noFacets = {
  status: [],
  severity: [],
  cluster: [],
  environment: [],
  ruleType: [],
};
