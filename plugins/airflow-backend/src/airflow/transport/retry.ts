import {
  DelegateBackoff,
  handleWhen,
  retry,
  type RetryPolicy,
  decorrelatedJitterGenerator,
} from 'cockatiel';
import { AirflowError } from '../errors';

export interface RetryTuning {
  /** Tries after the first. */
  retries: number;
  firstDelayMs: number;
  longestDelayMs: number;
  /** An Airflow that asks for a longer wait than this is not waited for. */
  longestRetryAfterMs: number;
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
}

const retriedStatuses = [429, 502, 503, 504];

/** How long an answer asks to be left alone; undefined for one that another try would not change. */
export function waitAskedFor({ status, headers }: Answered) {
  return retriedStatuses.includes(status)
    ? retryAfterMs(headers) ?? 0
    : undefined;
}

/** How long an answer asks to wait, from `Retry-After` as seconds or as a date. */
export function retryAfterMs(
  headers: Record<string, string>,
): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  if (Number.isNaN(date)) return undefined;
  // By the clock of who answers, where it tells that.
  const raw = Date.parse(headers.date ?? '');
  return Math.max(0, date - (Number.isNaN(raw) ? Date.now() : raw));
}

function isAnswered(value: unknown): value is Answered {
  return typeof value === 'object' && value !== null && 'status' in value;
}

/** Tries a safe request again where another try may help. `giveUp` is asked before each further try. */
export function createRetry(
  tuning: RetryTuning,
  giveUp: () => boolean,
): RetryPolicy {
  const worthAnotherTry = (answer: unknown) =>
    isAnswered(answer) &&
    (waitAskedFor(answer) ?? Infinity) <= tuning.longestRetryAfterMs &&
    !giveUp();
  return retry(
    handleWhen(
      error =>
        error instanceof AirflowError &&
        error.code === 'unreachable' &&
        !giveUp(),
    ).orWhenResult(worthAnotherTry),
    {
      maxAttempts: tuning.retries,
      backoff: new DelegateBackoff<
        { result: { error: Error } | { value: unknown } },
        [number, number] | undefined
      >(({ result }, state) => {
        const [jittered, next] = decorrelatedJitterGenerator(state, {
          generator: decorrelatedJitterGenerator,
          initialDelay: tuning.firstDelayMs,
          maxDelay: tuning.longestDelayMs,
          exponent: 2,
        });
        const asked =
          'value' in result && isAnswered(result.value)
            ? retryAfterMs(result.value.headers) ?? 0
            : 0;
        return { delay: Math.max(jittered, asked), state: next };
      }),
    },
  );
}
