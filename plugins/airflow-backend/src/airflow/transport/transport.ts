import type { Readable } from 'node:stream';
import { request, type Dispatcher } from 'undici';
import { afterPatience } from '../../patience';
import type { CallOptions } from '../call';
import { anyOf, askingFor } from '../asker';
import type { AirflowClientOptions } from '../options';
import { abortable } from './abortable';
import { decoded, MOST_AHEAD, textOf, whole } from './body';
import { Breaker, type BreakerTuning } from './breaker';
import { ClockMeasure } from './clock';
import { createDispatcher } from './dispatcher';
import {
  bodyFault,
  connectionFault,
  deadlineFault,
  endlessFault,
  type Attempt,
} from './faults';
import type {
  Answer,
  AnswerHead,
  BodyReading,
  ReadAnswer,
  StreamedAnswer,
  TransportRequest,
} from './messages';
import { logPace, paced } from './pace';
import { createRetry, type RetryTuning } from './retry';
import { Throttle } from './throttle';
import type { TurnRequest } from './turns';

export type TransportTuning = RetryTuning & BreakerTuning;

const defaultTuning: TransportTuning = {
  retries: 2,
  firstDelayMs: 250,
  longestDelayMs: 3_000,
  longestRetryAfterMs: 10_000,
  failures: 5,
  firstPauseMs: 5_000,
  longestPauseMs: 60_000,
  longestWaitMs: 10 * 60_000,
};

/** An answer may take this many timeouts to come. How long it then takes to read it here is not the cluster's fault. */
const DEADLINE_TIMEOUTS = 4;

interface Received extends AnswerHead {
  body: Readable;
}

/**
 * Sends requests to one cluster within its limits, with retries where they are safe and a circuit breaker. It throws
 * for what kept an answer from coming; an answer of any status is an answer.
 */
export class Transport {
  /** The cluster's clock, by what answers. */
  readonly clock = new ClockMeasure();
  private readonly dispatcher: Dispatcher;
  private readonly throttle: Throttle;
  private readonly breaker: Breaker;
  private readonly retry;

  constructor(
    private readonly options: Pick<
      AirflowClientOptions,
      'name' | 'tls' | 'proxy' | 'limits'
    >,
    tuning: Partial<TransportTuning> = {},
  ) {
    const tuned = { ...defaultTuning, ...tuning };
    this.dispatcher = createDispatcher(options);
    this.throttle = new Throttle(options.name, options.limits);
    this.breaker = new Breaker(tuned);
    this.retry = createRetry(tuned, () => this.breaker.isOpen);
  }

  /** Sends a request and reads the whole answer. */
  async send(sent: TransportRequest, given?: CallOptions): Promise<Answer> {
    return this.answered(sent, given, async ({ body, ...head }, attempt) => ({
      ...head,
      body: await this.reading(body, attempt, whole),
    }));
  }

  /** Sends a request and reads a good answer as it arrives, any other whole. */
  async read<T>(
    sent: TransportRequest,
    reading: BodyReading<T>,
    given?: CallOptions,
  ): Promise<ReadAnswer<T> | Answer> {
    return this.answered(sent, given, async ({ body, ...head }, attempt) =>
      reading.suits(head)
        ? { ...head, read: await this.reading(body, attempt, reading.read) }
        : { ...head, body: await this.reading(body, attempt, whole) },
    );
  }

  /** Sends a request and hands over a good answer as it arrives, any other whole. An abort ends it at any time. */
  async stream(
    sent: TransportRequest,
    given?: CallOptions,
  ): Promise<StreamedAnswer | Answer> {
    const attempt = this.attempt(sent);
    const call = heedingAsker(given);
    return this.retried(sent, call, () =>
      this.turn(
        attempt,
        { signal: call.signal, isLog: true },
        async release => {
          try {
            const { body, ...answer } = await this.breaker.guard(
              attempt,
              () => this.dispatch(sent, attempt, call, call.signal),
              received => trouble(sent, received),
            );
            if (answer.status === 200) {
              return {
                ...answer,
                stream: chunks(body, attempt, call, release),
              };
            }
            const text = await this.reading(body, attempt, whole);
            release();
            return { ...answer, body: text };
          } catch (error) {
            release();
            call.signal?.throwIfAborted();
            throw error;
          }
        },
      ),
    );
  }

  async close(): Promise<void> {
    await this.dispatcher.destroy();
  }

  private attempt({ method, url }: TransportRequest): Attempt {
    return {
      cluster: this.options.name,
      attempted: `${method} ${url.pathname}`,
      host: url.host,
      timeoutMs: this.options.limits.timeoutMs,
    };
  }

  private retried<T>(
    sent: TransportRequest,
    call: CallOptions,
    send: () => Promise<T>,
  ): Promise<T> {
    const once = () => {
      call.signal?.throwIfAborted();
      return send();
    };
    if (sent.method !== 'GET') return once();
    return abortable(this.retry.execute(once), call.signal);
  }

  private async turn<T>(
    attempt: Attempt,
    wanted: TurnRequest,
    use: (release: () => void) => Promise<T>,
  ): Promise<T> {
    if (this.breaker.isOpen) throw this.breaker.openError(attempt);
    const asker = askingFor.getStore();
    return use(await this.throttle.turn({ ...wanted, asker }));
  }

  private answered<A extends AnswerHead>(
    sent: TransportRequest,
    given: CallOptions | undefined,
    read: (received: Received, attempt: Attempt) => Promise<A>,
  ): Promise<A> {
    const attempt = this.attempt(sent);
    const call = heedingAsker(given);
    return this.retried(sent, call, () =>
      this.turn(attempt, { signal: call.signal }, release =>
        this.breaker
          .guard(
            attempt,
            () => this.inTime(sent, attempt, call, read),
            answer => trouble(sent, answer),
          )
          .finally(release),
      ),
    );
  }

  private async inTime<A extends AnswerHead>(
    sent: TransportRequest,
    attempt: Attempt,
    call: CallOptions,
    read: (received: Received, attempt: Attempt) => Promise<A>,
  ): Promise<A> {
    const deadlineMs = this.options.limits.timeoutMs * DEADLINE_TIMEOUTS;
    const late = new AbortController();
    const callOff = afterPatience(deadlineMs, () => late.abort());
    const signal = call.signal
      ? AbortSignal.any([call.signal, late.signal])
      : late.signal;
    try {
      const received = await this.dispatch(
        sent,
        attempt,
        call,
        signal,
        callOff,
      );
      return await read(received, attempt);
    } catch (error) {
      call.signal?.throwIfAborted();
      throw late.signal.aborted ? deadlineFault(attempt, deadlineMs) : error;
    } finally {
      callOff();
    }
  }

  private async reading<T>(
    body: Readable,
    attempt: Attempt,
    read: (text: AsyncIterable<string>) => Promise<T>,
  ): Promise<T> {
    try {
      const { maxResponseBytes } = this.options.limits;
      return await read(textOf(body, maxResponseBytes, attempt));
    } catch (error) {
      throw bodyFault(error, attempt);
    }
  }

  private async dispatch(
    sent: TransportRequest,
    attempt: Attempt,
    call: CallOptions,
    signal: AbortSignal | undefined,
    hasCome: () => void = () => {},
  ): Promise<Received> {
    call.signal?.throwIfAborted();
    call.onRequest?.();
    const { timeoutMs } = this.options.limits;
    const sentMs = Date.now();
    try {
      // The client heeds a signal only once it is connected, so whoever waits for it does not depend on it.
      const answer = await abortable(
        request(sent.url, {
          dispatcher: this.dispatcher,
          method: sent.method,
          headers: {
            accept: 'application/json',
            'accept-encoding': 'gzip',
            'user-agent': 'airflow-fleet',
            ...sent.headers,
          },
          body: sent.body,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
          highWaterMark: MOST_AHEAD,
          signal,
        }),
        signal,
      );
      const headers = flat(answer.headers);
      const status = answer.statusCode;
      answer.body.once('end', hasCome);
      this.clock.hear({ status, headers }, { sentMs, receivedMs: Date.now() });
      return {
        status,
        headers,
        body: decoded(answer.body, headers['content-encoding']),
      };
    } catch (error) {
      call.signal?.throwIfAborted();
      throw connectionFault(error, attempt);
    }
  }
}

/** What nobody waits for any more is not sent, and cut off. */
function heedingAsker(call: CallOptions = {}): CallOptions {
  return { ...call, signal: anyOf(call.signal, askingFor.getStore()?.signal) };
}

function trouble(
  sent: TransportRequest,
  { status }: { status: number },
): string | undefined {
  if (status < 500 || (status === 500 && sent.isolating)) return undefined;
  return `it answered with an error ${status}`;
}

async function* chunks(
  body: Readable,
  attempt: Attempt,
  call: CallOptions,
  release: () => void,
): AsyncGenerator<Uint8Array> {
  const tooLong = () => endlessFault(attempt, logPace.longestMs);
  try {
    yield* paced(body, logPace, { signal: call.signal, tooLong });
  } catch (error) {
    call.signal?.throwIfAborted();
    throw bodyFault(error, attempt);
  } finally {
    body.destroy();
    release();
  }
}

function flat(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : value ?? '',
    ]),
  );
}
