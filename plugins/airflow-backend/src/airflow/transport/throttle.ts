import { BusyError } from '../errors';
import type { AirflowLimits } from '../options';
import { LastMinute } from './lastMinute';
import { OpenTurns, trafficOf, type TurnRequest } from './turns';
import { hasRoom, sharesOf, type Shares, type Spent } from './shares';

interface Waiting extends TurnRequest {
  go(): void;
}

/** So many requests of one reader wait at most, of one kind of traffic altogether, and for so long. */
const MOST_OF_READER = 50;
const MOST_WAITING = 400;
const LONGEST_MS = 90_000;

/** Who would wait for longer before anything is sent is rather told when to come again. */
const PATIENCE_MS = 10_000;

/** What is full is so for a while. */
const FULL_MS = 5_000;

/**
 * Keeps one cluster from being burdened with more than it was promised, and shares that out: between readings and
 * readers, and fairly between readers. What cannot be had soon is refused, so that nothing waits without end.
 */
export class Throttle {
  private readonly shares: Shares;
  private readonly minute = new LastMinute();
  private readonly readings: Waiting[] = [];
  /** By reader. */
  private readonly readers = new Map<string, Waiting[]>();
  private readonly open = new OpenTurns();
  private wakes: NodeJS.Timeout | undefined;

  constructor(
    private readonly cluster: string,
    limits: Pick<AirflowLimits, 'maxInFlight' | 'requestsPerMinute'>,
  ) {
    this.shares = sharesOf(limits);
  }

  /**
   * Waits for a turn. Whoever got one gives it back by calling what is returned.
   *
   * @throws BusyError where it is not to be had soon
   */
  async turn(wanted: TurnRequest): Promise<() => void> {
    const { signal } = wanted;
    signal?.throwIfAborted();
    this.minute.pass(Date.now());
    this.refuseHopeless(wanted);
    return new Promise((granted, refused) => {
      let settle = () => {};
      const waiting: Waiting = {
        ...wanted,
        go: () => {
          settle();
          granted(this.start(wanted));
        },
      };
      const leave = (why: unknown) => {
        settle();
        this.forget(waiting);
        refused(why);
      };
      const onAbort = () => leave(signal?.reason);
      const longest = setTimeout(
        () => leave(this.full(wanted, FULL_MS)),
        LONGEST_MS,
      ).unref();
      settle = () => {
        clearTimeout(longest);
        signal?.removeEventListener('abort', onAbort);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.queueOf(wanted).push(waiting);
      this.serve();
    });
  }

  /** Gives turns to as many as may have one. */
  private serve(): void {
    this.minute.pass(Date.now());
    for (let next = this.next(); next; next = this.next()) {
      this.forget(next);
      next.go();
    }
    this.wakeLater();
  }

  /** The two kinds of traffic take turns; of readers, who had the least within the minute comes first. */
  private next(): Waiting | undefined {
    const readers = [...this.readers]
      .sort(([a], [b]) => this.minute.of(a) - this.minute.of(b))
      .map(([, queue]) => queue);
    const queues = [[this.readings], readers];
    if (this.open.last === 'readings') queues.reverse();
    for (const queue of queues.flat()) {
      const next = queue.find(waiting => this.mayStart(waiting));
      if (next) return next;
    }
    return undefined;
  }

  private mayStart(wanted: TurnRequest): boolean {
    const { all, either, logs, ofReader } = this.shares;
    const traffic = trafficOf(wanted);
    const { reader } = wanted.asker ?? {};
    return (
      this.open.total < all.maxInFlight &&
      this.open.of(traffic) < either.maxInFlight &&
      (!wanted.isLog || this.open.logsOf(traffic) < logs) &&
      (reader === undefined || this.open.ofReader(reader) < ofReader) &&
      hasRoom(this.shares, traffic, this.spentFor(wanted))
    );
  }

  private spentFor({ asker }: TurnRequest): Spent {
    const readings = this.minute.of(undefined);
    const readers = this.minute.total - readings;
    return { readings, readers, own: this.minute.of(asker?.reader) };
  }

  /** When the minute has room for this: 0 for now. */
  private roomAt(wanted: TurnRequest): number {
    const traffic = trafficOf(wanted);
    const spent = this.spentFor(wanted);
    if (hasRoom(this.shares, traffic, spent)) return 0;
    for (const { atMs, by } of this.minute.ends()) {
      spent[by === undefined ? 'readings' : 'readers'] -= 1;
      if (by === wanted.asker?.reader) spent.own -= 1;
      if (hasRoom(this.shares, traffic, spent)) return atMs;
    }
    return Infinity;
  }

  private start(wanted: TurnRequest): () => void {
    const { asker } = wanted;
    if (asker) asker.hasBegun = true;
    this.minute.add(asker?.reader, Date.now());
    const close = this.open.add(trafficOf(wanted), wanted);
    return () => {
      if (close()) this.serve();
    };
  }

  private refuseHopeless(wanted: TurnRequest): void {
    const { asker } = wanted;
    const waiting = asker ? [...this.readers.values()] : [this.readings];
    const queued = waiting.reduce((sum, { length }) => sum + length, 0);
    if (queued >= MOST_WAITING) throw this.full(wanted, FULL_MS);
    if (!asker) return;
    const own = this.readers.get(asker.reader)?.length ?? 0;
    if (own >= MOST_OF_READER) throw this.tooMany(FULL_MS);
    if (asker.hasBegun) return;
    const waitMs = this.roomAt(wanted) - Date.now();
    if (waitMs <= PATIENCE_MS) return;
    // Who has sent nothing within the minute does not wait for what they sent themselves.
    throw this.minute.of(asker.reader) > 0
      ? this.tooMany(waitMs)
      : this.full(wanted, waitMs);
  }

  private queueOf({ asker }: TurnRequest): Waiting[] {
    if (!asker) return this.readings;
    const queue = this.readers.get(asker.reader) ?? [];
    this.readers.set(asker.reader, queue);
    return queue;
  }

  private forget(waiting: Waiting): void {
    const queue = this.queueOf(waiting);
    const at = queue.indexOf(waiting);
    if (at >= 0) queue.splice(at, 1);
    const { asker } = waiting;
    if (asker && queue.length === 0) this.readers.delete(asker.reader);
  }

  /** As soon as the minute has more room, where that may be what is waited for. */
  private wakeLater(): void {
    clearTimeout(this.wakes);
    this.wakes = undefined;
    if (this.readings.length === 0 && this.readers.size === 0) return;
    const [oldest] = this.minute.ends();
    if (!oldest) return;
    const waitMs = Math.max(0, oldest.atMs - Date.now());
    this.wakes = setTimeout(() => this.serve(), waitMs).unref();
  }

  private full({ asker }: TurnRequest, retryAfterMs: number): BusyError {
    const { cluster } = this;
    return new BusyError({
      code: 'queue-full',
      cluster,
      message: `The portal's own queue for cluster ${cluster} is full, of ${
        asker ? 'what people ask for' : 'readings'
      }`,
      hint: `Nothing is wrong with the cluster. Try again in ${seconds(
        retryAfterMs,
      )} seconds; where it stays so, raise limits.maxInFlight or limits.requestsPerMinute of cluster ${cluster}`,
      retryAfterMs,
    });
  }

  private tooMany(retryAfterMs: number): BusyError {
    const { cluster } = this;
    return new BusyError({
      code: 'too-many-requests',
      cluster,
      message: `You asked for more of cluster ${cluster} than one reader's share`,
      hint: `Try again in ${seconds(
        retryAfterMs,
      )} seconds. So much is left for others; where it is too little for everybody, raise limits.requestsPerMinute of cluster ${cluster}`,
      retryAfterMs,
    });
  }
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}
