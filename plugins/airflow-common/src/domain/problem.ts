import { z } from 'zod';
import { instantSchema } from './time';

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
 * One of {@link problemCodes}.
 *
 * @public
 */
export const problemCodeSchema = z.enum(problemCodes);

/**
 * The code of a problem; see {@link problemCodes}.
 *
 * @public
 */
export type ProblemCode = z.infer<typeof problemCodeSchema>;

/**
 * An error as it is stored and shown: which cluster, what was tried, what happened and what to do about it.
 *
 * @public
 */
export const problemSchema = z.object({
  code: problemCodeSchema,
  /** One sentence for a person. */
  message: z.string(),
  /** What the reader can do about it. */
  hint: z.string().optional(),
  cluster: z.string().optional(),
  /** The request that failed, as method and path, without query values that may be secret. */
  attempted: z.string().optional(),
  /** When the portal tries again by itself, where it waits for long, as after refused credentials. */
  retryAt: instantSchema.optional(),
  /** The request field that was refused. */
  field: z.string().optional(),
});

/**
 * An error as it is stored and shown; see {@link problemSchema}.
 *
 * @public
 */
export type Problem = z.infer<typeof problemSchema>;

/**
 * The body of every error answer: RFC 9457 problem details with the portal's own members.
 *
 * @public
 */
export const problemResponseSchema = problemSchema.extend({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
});

/**
 * The body of an error answer; see {@link problemResponseSchema}.
 *
 * @public
 */
export type ProblemResponse = z.infer<typeof problemResponseSchema>;
