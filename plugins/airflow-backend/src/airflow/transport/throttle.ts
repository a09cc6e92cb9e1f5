import { bulkhead } from 'cockatiel';
import { RateLimiterMemory, RateLimiterQueue } from 'rate-limiter-flexible';
import type { AirflowLimits } from '../options';
import { abortable } from './abortable';

/** Keeps one cluster from being burdened with more than it was promised. */
export class Throttle {
  private readonly perMinute: RateLimiterQueue;
  private readonly inFlight;

  constructor(
    limits: Pick<AirflowLimits, 'maxInFlight' | 'requestsPerMinute'>,
  ) {
    this.perMinute = new RateLimiterQueue(
      new RateLimiterMemory({ points: limits.requestsPerMinute, duration: 60 }),
    );
    this.inFlight = bulkhead(limits.maxInFlight, Infinity);
  }

  /** Waits for a turn. Whoever got one gives it back by calling what is returned, once. */
  async turn(signal?: AbortSignal): Promise<() => void> {
    await abortable(this.perMinute.removeTokens(1), signal);
    const slot = new Promise<() => void>((granted, failed) => {
      // Without the signal: the bulkhead would forget whoever waits behind one that left.
      this.inFlight
        .execute(() => new Promise<void>(release => granted(release)))
        .catch(failed);
    });
    // A turn that comes after its asker left goes straight back.
    slot.then(
      release => signal?.aborted && release(),
      () => {},
    );
    return abortable(slot, signal);
  }
}
