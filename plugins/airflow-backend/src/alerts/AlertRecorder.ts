import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { AlertStore, Transaction } from '../store';
import type { DeliveryPlanner, DeliverySender } from './delivery';
import type { Decision } from '../model/storedAlerts';

/** Browsers that listen to this channel ask again for what they show. */
const CHANNEL = 'airflow';

/**
 * Stores what was decided about alerts together with whom that is told to, and lets everybody know afterwards. Both the
 * engine and people change alerts through here and nowhere else.
 */
export class AlertRecorder {
  constructor(
    private readonly alerts: AlertStore,
    private readonly planner: DeliveryPlanner,
    private readonly sender: DeliverySender,
    private readonly signals: SignalsService,
    private readonly logger: LoggerService,
  ) {}

  /**
   * Decides and stores in one transaction.
   *
   * @returns what `decide` gave, when that is committed
   */
  async record<T extends Decision>(
    decide: (trx: Transaction) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const decision = await this.alerts.transaction(async trx => {
      const decided = await decide(trx);
      if (!decided) return undefined;
      await this.alerts.apply(trx, decided);
      await this.planner.plan(trx, decided, new Date());
      return decided;
    });
    if (decision) await this.announce(decision);
    return decision;
  }

  private async announce({ alerts, events, notices }: Decision): Promise<void> {
    if (notices.length > 0) this.sender.wake();
    // That an alert was seen again changes nothing that a page shows.
    const changed = new Set(events.map(({ alertId }) => alertId));
    if (alerts.some(({ id }) => changed.has(id))) await this.broadcast();
  }

  /**
   * Everybody hears that there is something to ask for again, and nothing of what it is: not all may know. Without
   * signals browsers ask again by themselves, a little later.
   */
  private async broadcast(): Promise<void> {
    try {
      await this.signals.publish({
        recipients: { type: 'broadcast' },
        channel: CHANNEL,
        message: { kind: 'alerts' },
      });
    } catch (error) {
      this.logger.debug(`Browsers could not be told of new alerts: ${error}`);
    }
  }
}
