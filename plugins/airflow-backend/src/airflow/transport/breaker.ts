import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  isBrokenCircuitError,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { AirflowError } from '../errors';
import type { Attempt } from './faults';
import { waitAskedFor, type Answered } from './retry';

export interface BreakerTuning {
  /** Failures in a row that open the circuit. */
  failures: number;
  firstPauseMs: number;
  longestPauseMs: number;
  /** A longer wait than this that an answer asks for leads to a pause too. */
  longestRetryAfterMs: number;
  /** No longer wait is granted. */
  longestWaitMs: number;
}

/** What came of a request, and whether it says that the cluster is in trouble. */
class Outcome<T> {
  constructor(readonly answer: T, readonly trouble: string | undefined) {}
}

function isOutage(error: Error): boolean {
  return (
    error instanceof AirflowError &&
    (error.code === 'unreachable' ||
      error.code === 'timeout' ||
      error.code === 'tls')
  );
}

/**
 * Stops asking a cluster that failed several times in a row, and asks again with one request at a time after a pause
 * that grows. Only what says that the cluster is down counts: no connection, silence, server errors. A cluster that
 * asks to be left alone for long is left alone likewise.
 */
export class Breaker {
  private readonly policy: CircuitBreakerPolicy;
  private retryAt = 0;
  private askedUntil = 0;
  private lastFailure: string | undefined;

  constructor(private readonly tuning: BreakerTuning) {
    this.policy = circuitBreaker(
      handleWhen(
        // A probe that its asker gave up proves nothing, so the circuit stays open.
        error =>
          isOutage(error) ||
          (this.halfOpen && !(error instanceof AirflowError)),
      ).orWhenResult(
        result => result instanceof Outcome && result.trouble !== undefined,
      ),
      {
        breaker: new ConsecutiveBreaker(tuning.failures),
        halfOpenAfter: new DelegateBackoff(({ attempt }) => {
          const pause = Math.min(
            tuning.firstPauseMs * 2 ** (attempt - 1),
            tuning.longestPauseMs,
          );
          this.retryAt = Date.now() + pause;
          return pause;
        }),
      },
    );
    this.policy.onBreak(reason => {
      if ('error' in reason) this.lastFailure = reason.error.message;
      else if ('value' in reason && reason.value instanceof Outcome) {
        this.lastFailure = reason.value.trouble;
      }
    });
  }

  private get halfOpen(): boolean {
    return this.policy.state === CircuitState.HalfOpen;
  }

  get isOpen(): boolean {
    const now = Date.now();
    return (
      now < this.askedUntil ||
      (this.policy.state === CircuitState.Open && now < this.retryAt)
    );
  }

  /** Runs the request unless the circuit is open. `troubleOf` says of an answer whether it counts as a failure. */
  async guard<T extends Answered>(
    attempt: Attempt,
    send: () => Promise<T>,
    troubleOf: (answer: T) => string | undefined,
  ): Promise<T> {
    if (this.isOpen) throw this.openError(attempt);
    try {
      const outcome = await this.policy.execute(async () => {
        const answer = await send();
        this.heed(answer);
        return new Outcome(answer, troubleOf(answer));
      });
      return outcome.answer;
    } catch (error) {
      throw isBrokenCircuitError(error) ? this.openError(attempt) : error;
    }
  }

  openError({ cluster, attempted }: Attempt): AirflowError {
    const asked = Date.now() < this.askedUntil;
    const until = asked ? this.askedUntil : this.retryAt;
    const waitMs = Math.max(0, until - Date.now());
    const why = asked
      ? 'as it asked for'
      : `after several failures in a row, of which the last was: ${this.lastFailure}`;
    return new AirflowError({
      code: 'circuit-open',
      cluster,
      attempted,
      message: `Cluster ${cluster} is left alone for ${Math.ceil(
        waitMs / 1000,
      )} more seconds ${why}`,
      hint: `Nothing to do here: the portal asks again at ${new Date(
        until,
      ).toISOString()}. See whether this Airflow runs`,
      retryAfterMs: waitMs,
    });
  }

  private heed(answer: Answered): void {
    const { longestRetryAfterMs, longestWaitMs } = this.tuning;
    const waitMs = waitAskedFor(answer) ?? 0;
    if (waitMs <= longestRetryAfterMs) return;
    this.askedUntil = Date.now() + Math.min(waitMs, longestWaitMs);
  }
}
