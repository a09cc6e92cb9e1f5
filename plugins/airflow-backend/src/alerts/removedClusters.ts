import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { ClusterRegistry } from '../clusters';
import type { AlertStore, FirstReadingStore, LeftCluster } from '../store';
import type { AlertRecorder } from './AlertRecorder';
import { resolved, notifyOver, unchanged, type Step } from './lifecycle';
import type { Decision, StoredAlert } from '../model/storedAlerts';

/**
 * Every backend decides about the alerts of the clusters that it is configured with, at least once a minute when it is
 * the only one, and after each reading otherwise. What nobody has decided about for this long is configured nowhere.
 */
const LEFT_MS = 30 * 60_000;

/** What is decided about clusters that were taken out of the configuration. */
interface Leaving {
  registry: ClusterRegistry;
  alerts: AlertStore;
  firstReadings: FirstReadingStore;
  recorder: AlertRecorder;
}

/**
 * Closes what is open of clusters that no backend has any more, for no fact will ever prove it over, and tells so at once,
 * for nobody will decide about them later.
 *
 * A backend waits before it looks, so that after an outage of the whole portal those that start later with another
 * configuration have begun to decide about their clusters.
 */
export async function scheduleLeaving(
  leaving: Leaving,
  scheduler: SchedulerService,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'airflow-removed-clusters',
    scope: 'global',
    frequency: { minutes: 15 },
    timeout: { minutes: 5 },
    initialDelay: { minutes: 15 },
    fn: () => closeLeft(leaving, new Date()),
  });
}

async function closeLeft(leaving: Leaving, now: Date): Promise<void> {
  const left = await leaving.alerts.leftClusters({
    configured: leaving.registry.list().map(({ name }) => name),
    before: new Date(now.getTime() - LEFT_MS),
  });
  for (const cluster of left) await closeAllOf(cluster, leaving, now);
}

async function closeAllOf(
  { name, evaluatedAt: last }: LeftCluster,
  { alerts, firstReadings, recorder }: Leaving,
  now: Date,
): Promise<void> {
  await recorder.record(async trx => {
    // Whoever decided meanwhile has the cluster after all.
    if (!(await alerts.beginEvaluation(trx, name, { last, now }))) {
      return undefined;
    }
    await firstReadings.forget(trx, name);
    const past = { fingerprints: [], resolvedSince: now };
    const open = await alerts.lockForDecision(trx, name, past);
    return toDecision(
      open.map(alert =>
        notifyOver(
          alert.status === 'resolved' ? unchanged(alert) : closed(alert, now),
        ),
      ),
    );
  });
}

function closed(alert: StoredAlert, now: Date): Step {
  return resolved(alert, {
    kind: 'proof',
    at: now.toISOString(),
    text: `Cluster ${alert.subject.cluster} is no longer in the configuration of the portal`,
    runId: null,
  });
}

function toDecision(steps: readonly Step[]): Decision {
  return {
    alerts: steps.map(({ alert }) => alert),
    events: steps.flatMap(({ alert, events }) =>
      events.map(event => ({ ...event, alertId: alert.id })),
    ),
    notices: steps.flatMap(({ alert, notices }) =>
      notices.map(kind => ({ kind, alertId: alert.id })),
    ),
  };
}
