import type {
  Problem,
  ProblemCode,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { masked } from '../masked';

/**
 * The portal itself holds a request back that was not sent. It says nothing about the cluster, and is never taken for
 * trouble of it.
 */
export class BusyError extends Error {
  readonly name = 'BusyError';
  readonly code: Extract<ProblemCode, 'queue-full' | 'too-many-requests'>;
  readonly cluster: string;
  readonly hint: string;
  /** When it is worth another try. */
  readonly retryAfterMs: number;

  constructor(
    options: Pick<BusyError, 'code' | 'cluster' | 'hint' | 'retryAfterMs'> & {
      message: string;
    },
  ) {
    super(options.message);
    this.code = options.code;
    this.cluster = options.cluster;
    this.hint = options.hint;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** As it is answered and shown. */
  toProblem(): Problem {
    const { code, message, hint, cluster } = this;
    return { code, message, hint, cluster };
  }
}

/** The codes that talking to an Airflow can end in. */
export type AirflowErrorCode = Extract<
  ProblemCode,
  | 'unreachable'
  | 'timeout'
  | 'tls'
  | 'unauthorized'
  | 'forbidden'
  | 'not-an-airflow'
  | 'rate-limited'
  | 'airflow-not-found'
  | 'airflow-bad-request'
  | 'airflow-conflict'
  | 'unsupported'
  | 'server-error'
  | 'invalid-response'
  | 'too-large'
  | 'circuit-open'
>;

/**
 * Talking to an Airflow failed. The message is for a person and holds no secret: neither credentials nor query
 * values nor the body that was sent.
 */
export class AirflowError extends Error {
  readonly name = 'AirflowError';
  readonly code: AirflowErrorCode;
  readonly cluster: string;
  /** Method and path, such as `GET /api/v2/dags`. */
  readonly attempted: string;
  readonly hint: string;
  /** Of the answer, when there was one. */
  readonly httpStatus: number | undefined;
  /** How long Airflow asks to wait. */
  readonly retryAfterMs: number | undefined;
  /** When the portal itself tries next, where it waits for long. */
  readonly retryAt: Date | undefined;

  constructor(options: {
    code: AirflowErrorCode;
    cluster: string;
    attempted: string;
    message: string;
    hint: string;
    httpStatus?: number;
    retryAfterMs?: number;
    retryAt?: Date;
    cause?: unknown;
  }) {
    // The cause is for whoever debugs: its words are not the portal's, and may hold what must not be shown.
    super(masked(options.message), { cause: options.cause });
    this.code = options.code;
    this.cluster = options.cluster;
    this.attempted = options.attempted;
    this.hint = options.hint;
    this.httpStatus = options.httpStatus;
    this.retryAfterMs = options.retryAfterMs;
    this.retryAt = options.retryAt;
  }

  /** The same, with the moment when the portal tries again. */
  triedAgainAt(retryAt: Date, attempted = this.attempted): AirflowError {
    return new AirflowError({
      ...this,
      message: this.message,
      cause: this.cause,
      attempted,
      retryAt,
      retryAfterMs: Math.max(0, retryAt.getTime() - Date.now()),
    });
  }

  /** As it is stored, answered and shown. */
  toProblem(): Problem {
    return {
      code: this.code,
      message: this.message,
      hint: this.hint,
      cluster: this.cluster,
      attempted: this.attempted,
      ...(this.retryAt && { retryAt: this.retryAt.toISOString() }),
    };
  }
}
