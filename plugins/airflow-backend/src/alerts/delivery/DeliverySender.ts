import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { LeasedChannels, LeasedDelivery } from '../../store';
import { attempt, LEASE_MS, type AttemptContext } from './attempt';

/** So many notices are under way over one channel at once, in each replica. */
const MOST_AT_ONCE = 4;

/** What becomes due before the next look has one of its own. */
const LOOK_MS = 5_000;

/** Deliveries of one channel; or of all channels that this portal does not know, so that they fail visibly. */
interface Queue {
  channels: LeasedChannels;
  underWay: Set<Promise<void>>;
  /** The look for deliveries that goes on, if one does. */
  looking: Promise<void> | undefined;
  /** Whether there may be something that the look has not seen. */
  lookAgain: boolean;
}

/** Sends what is in the outbox. Every replica has one; leases keep them out of each other's way. */
export class DeliverySender {
  private readonly queues: Queue[];
  private stopped = false;
  private nextLook: NodeJS.Timeout | undefined;

  constructor(private readonly context: AttemptContext) {
    const names = [...context.channels.keys()];
    this.queues = [...names.map(only => ({ only })), { allBut: names }].map(
      channels => ({
        channels,
        underWay: new Set(),
        looking: undefined,
        lookAgain: false,
      }),
    );
  }

  /** Looks for deliveries every few seconds, in every replica. */
  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'airflow-alert-deliveries',
      scope: 'local',
      frequency: { milliseconds: LOOK_MS },
      timeout: { minutes: 1 },
      fn: () => this.look(),
    });
  }

  /** Has what was just written to the outbox sent now, and not at the next look. */
  wake(): void {
    this.look().catch(error =>
      this.context.logger.error('Could not look for deliveries', error),
    );
  }

  /** Begins to send what is due; returns when that has begun. */
  async look(): Promise<void> {
    await Promise.all(this.queues.map(queue => this.lookAt(queue)));
    await this.lookInTime();
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    const busy = this.queues.flatMap(({ looking, underWay }) => [
      ...underWay,
      ...(looking ? [looking] : []),
    ]);
    if (busy.length === 0) return;
    await Promise.allSettled(busy);
    await this.settled();
  }

  /** Begins nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.nextLook);
    await this.settled();
  }

  /** What waits for more of the same, or for its error, is sent when that time is over. */
  private async lookInTime(): Promise<void> {
    const now = this.context.now();
    const dueAt = await this.context.queue.nextDue(now);
    clearTimeout(this.nextLook);
    const waitMs = dueAt ? dueAt.getTime() - now.getTime() : Infinity;
    if (waitMs >= LOOK_MS || this.stopped) return;
    this.nextLook = setTimeout(() => this.wake(), waitMs);
    this.nextLook.unref();
  }

  private lookAt(queue: Queue): Promise<void> {
    queue.lookAgain = true;
    queue.looking ??= this.takeWhatIsDue(queue).finally(() => {
      queue.looking = undefined;
    });
    return queue.looking;
  }

  private async takeWhatIsDue(queue: Queue): Promise<void> {
    while (queue.lookAgain && !this.stopped) {
      queue.lookAgain = false;
      const limit = MOST_AT_ONCE - queue.underWay.size;
      // The next one that ends looks again.
      if (limit === 0) return;
      const leased = await this.context.queue.lease({
        channels: queue.channels,
        now: this.context.now(),
        leaseMs: LEASE_MS,
        limit,
      });
      for (const held of leased) this.begin(queue, held);
    }
  }

  private begin(queue: Queue, held: LeasedDelivery): void {
    const sending = attempt(held, this.context).then(() => {
      queue.underWay.delete(sending);
      this.lookAt(queue).catch(error =>
        this.context.logger.error('Could not look for deliveries', error),
      );
    });
    queue.underWay.add(sending);
  }
}
