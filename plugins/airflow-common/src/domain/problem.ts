import type { Instant } from './time';

/**
 * What went wrong, by a code that never changes its meaning. The first group is what talking to an Airflow can
 * end in, the second what the portal itself refuses.
 *
 * @public
 */
export const problemCodes = [
  'unreachable',
  'timeout',
  'tls',
  'unauthorized',
  'forbidden',
  'not-an-airflow',
  'rate-limited',
  'airflow-not-found',
  'airflow-bad-request',
  'airflow-conflict',
  'unsupported',
  'server-error',
  'invalid-response',
  'too-large',
  'circuit-open',
  'component-unhealthy',
  'clock-apart',
  'overdue',
  'dags-vanished',

  'invalid-request',
  'body-too-large',
  'unsupported-media-type',
  'method-not-allowed',
  'unauthenticated',
  'not-allowed',
  'queue-full',
  'too-many-requests',
  'read-only',
  'unknown-cluster',
  'not-found',
  'gone',
  'internal',
] as const;

/**
 * The code of a problem; see {@link problemCodes}.
 *
 * @public
 */
export type ProblemCode = (typeof problemCodes)[number];

/**
 * An error as it is stored and shown: which cluster, what was tried, what happened and what to do about it.
 *
 * @public
 */
export type Problem = {
  code: ProblemCode;
  /** One sentence for a person. */
  message: string;
  /** What the reader can do about it. */
  hint?: string;
  cluster?: string;
  /** The request that failed, as method and path, without query values that may be secret. */
  attempted?: string;
  /** When the portal tries again by itself, where it waits for long, as after refused credentials. */
  retryAt?: Instant;
  /** The request field that was refused. */
  field?: string;
};

/**
 * The body of every error answer: RFC 9457 problem details with the portal's own members.
 *
 * @public
 */
export type ProblemResponse = Problem & {
  type: string;
  title: string;
  status: number;
  detail: string;
};
