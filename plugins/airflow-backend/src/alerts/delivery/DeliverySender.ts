import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { LeasedChannels, LeasedDelivery } from '../../store';
import { attempt, LEASE_MS, type AttemptContext } from './attempt';

/** So many notices are under way over one channel at once, in each replica. */
const MOST_AT_ONCE = 4;

/** What becomes due before the next look has one of its own. */
const LOOK_MS = 5_000;

/** Sends over one channel; or what is for channels that this portal does not know, so that it fails visibly. */
interface Worker {
  channels: LeasedChannels;
  underWay: Set<Promise<void>>;
  /** The look for deliveries that goes on, if one does. */
  looking: Promise<void> | undefined;
  /** Whether there may be something that the look has not seen. */
  lookAgain: boolean;
}

/** Sends what is in the outbox. Every replica has one; leases keep them out of each other's way. */
export class DeliverySender {
  private readonly workers: Worker[];
  private stopped = false;
  private nextLook: NodeJS.Timeout | undefined;

  constructor(private readonly context: AttemptContext) {
    const names = [...context.channels.keys()];
    this.workers = [...names.map(only => ({ only })), { allBut: names }].map(
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
    await Promise.all(this.workers.map(worker => this.lookAt(worker)));
    await this.lookInTime();
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    const busy = this.workers.flatMap(({ looking, underWay }) => [
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

  private lookAt(worker: Worker): Promise<void> {
    worker.lookAgain = true;
    worker.looking ??= this.takeWhatIsDue(worker).finally(() => {
      worker.looking = undefined;
    });
    return worker.looking;
  }

  private async takeWhatIsDue(worker: Worker): Promise<void> {
    while (worker.lookAgain && !this.stopped) {
      worker.lookAgain = false;
      const limit = MOST_AT_ONCE - worker.underWay.size;
      // The next one that ends looks again.
      if (limit === 0) return;
      const leased = await this.context.queue.lease({
        channels: worker.channels,
        now: this.context.now(),
        leaseMs: LEASE_MS,
        limit,
      });
      for (const held of leased) this.begin(worker, held);
    }
  }

  private begin(worker: Worker, held: LeasedDelivery): void {
    const sending = attempt(held, this.context).then(() => {
      worker.underWay.delete(sending);
      this.lookAt(worker).catch(error =>
        this.context.logger.error('Could not look for deliveries', error),
      );
    });
    worker.underWay.add(sending);
  }
}
