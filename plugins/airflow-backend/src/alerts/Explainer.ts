import type { LoggerService } from '@backstage/backend-plugin-api';
import { bulkhead } from 'cockatiel';
import type { ClusterRegistry } from '../clusters';
import type { AlertStore, DeliveryStore } from '../store';
import type { AlertRecorder } from './AlertRecorder';
import type { DeliverySender } from './delivery';
import { begun, explainedAll } from './explanation';
import { findFailure, type FailureClient } from './findFailure';
import type { Step } from './lifecycle';
import type { Decision, StoredAlert } from '../model/storedAlerts';

/** So many alerts of a cluster are looked into at once; the others after that. */
const MOST_AT_ONCE = 10;
/** Of all clusters together; when a whole fleet fails, people who ask the database have their turns between them. */
const MOST_TRANSACTIONS = 2;

export interface ExplainerOptions {
  registry: ClusterRegistry;
  alerts: AlertStore;
  deliveries: DeliveryStore;
  recorder: AlertRecorder;
  sender: DeliverySender;
  logger: LoggerService;
}

/** Looks into the Airflow of each alert for why its run failed, beside the evaluations, which wait for none of it. */
export class Explainer {
  private readonly running = new Map<string, Promise<void>>();
  private readonly transactions = bulkhead(MOST_TRANSACTIONS, Infinity);

  constructor(private readonly options: ExplainerOptions) {}

  /** Looks into what is due of a cluster, one after the other; those who ask meanwhile wait for the same. */
  explain(cluster: string): Promise<void> {
    const running =
      this.running.get(cluster) ??
      this.explainNow(cluster)
        .catch(error =>
          this.options.logger.error(
            `Could not look for why runs of cluster ${cluster} failed`,
            error instanceof Error ? error : undefined,
          ),
        )
        .finally(() => this.running.delete(cluster));
    this.running.set(cluster, running);
    return running;
  }

  async explainAll(): Promise<void> {
    const clusters = this.options.registry.list();
    await Promise.all(clusters.map(({ name }) => this.explain(name)));
  }

  private async explainNow(name: string): Promise<void> {
    const client = this.options.registry.get(name)?.client;
    if (!client) return;
    for (;;) {
      const taken = await this.transactions.execute(() => this.take(name));
      const looks = await Promise.all(
        byRun(taken).map(alerts => this.look(client, alerts)),
      );
      // Of a cluster that lets nothing be read the others are looked into when this is asked for again.
      if (taken.length < MOST_AT_ONCE || !looks.includes(true)) return;
    }
  }

  /** Those that are due, for the caller alone. */
  private take(cluster: string): Promise<StoredAlert[]> {
    const { alerts } = this.options;
    const now = new Date();
    return alerts.transaction(async trx => {
      const due = await alerts.lockUnexplained(trx, cluster, {
        now,
        limit: MOST_AT_ONCE,
      });
      const taken = due.map(alert => ({
        ...alert,
        explanation:
          alert.explanation && begun(alert.explanation, now.toISOString()),
      }));
      await alerts.apply(trx, { alerts: taken, events: [] });
      return taken;
    });
  }

  /**
   * @param taken - alerts about one run; several rules may find it
   * @returns whether its cluster let something be read
   */
  private async look(
    client: FailureClient,
    taken: readonly StoredAlert[],
  ): Promise<boolean> {
    const [{ subject, runId }] = taken;
    if (subject.kind !== 'dag' || runId === null) return true;
    const found = await findFailure(client, subject.dagId, runId);
    const { alerts, deliveries, recorder, sender } = this.options;
    const ids = taken.map(({ id }) => id);
    const now = new Date();
    await this.transactions.execute(() =>
      recorder.record(async trx => {
        const present = (await alerts.lockAll(trx, ids)).filter(
          alert => alert.runId === runId,
        );
        const steps = explainedAll(present, found, now.toISOString());
        if (found.state !== 'unreadable') await deliveries.hurry(trx, ids);
        return toDecision(steps, runId);
      }),
    );
    sender.wake();
    return found.state !== 'unreadable' || found.failure !== null;
  }
}

/** Several rules may find the same run. */
function byRun(alerts: readonly StoredAlert[]): StoredAlert[][] {
  const runs = new Map<string, StoredAlert[]>();
  for (const alert of alerts) {
    const run = JSON.stringify([alert.subject, alert.runId]);
    runs.set(run, [...(runs.get(run) ?? []), alert]);
  }
  return [...runs.values()];
}

function toDecision(steps: readonly Step[], runId: string): Decision {
  return {
    alerts: steps.map(({ alert }) => alert),
    events: steps.flatMap(({ alert, events }) =>
      events.map(event => ({ ...event, alertId: alert.id })),
    ),
    notices: steps.flatMap(({ alert, notices }) =>
      notices.map(kind => ({ kind, alertId: alert.id, anew: runId })),
    ),
  };
}
