import { z } from 'zod';
import { instantSchema } from './time';

/**
 * A value of a task as text, safe to be shown: JSON with line breaks, or the text itself. It is as Airflow wrote it,
 * so that NaN and long numbers stay what they are.
 *
 * @public
 */
export const taskValueSchema = z.object({
  text: z.string(),
  isJson: z.boolean(),
  /** How many characters the whole value has as Airflow wrote it. */
  length: z.number().int().nonnegative(),
  /** True when only the beginning is given. */
  isCut: z.boolean(),
});

/**
 * A value of a task; see {@link taskValueSchema}.
 *
 * @public
 */
export type TaskValue = z.infer<typeof taskValueSchema>;

/**
 * An XCom that a task instance left, without its value.
 *
 * @public
 */
export const xcomSchema = z.object({
  key: z.string(),
  storedAt: instantSchema.nullable(),
});

/**
 * An XCom without its value; see {@link xcomSchema}.
 *
 * @public
 */
export type XCom = z.infer<typeof xcomSchema>;

/**
 * A field of an operator after its templates were filled in.
 *
 * @public
 */
export const renderedFieldSchema = z.object({
  name: z.string(),
  value: taskValueSchema,
});

/**
 * A field of an operator; see {@link renderedFieldSchema}.
 *
 * @public
 */
export type RenderedField = z.infer<typeof renderedFieldSchema>;

/**
 * What a task instance is beside its state: how it is queued, where its operator leads, and why it waits.
 *
 * @public
 */
export const taskFactsSchema = z.object({
  /** The higher, the sooner its pool lets it in. */
  priorityWeight: z.number().nullable(),
  poolSlots: z.number().nullable(),
  executor: z.string().nullable(),
  /** Of the operator, such as the job that it started in another system; null when Airflow failed to tell them. */
  links: z.array(z.object({ name: z.string(), url: z.string() })).nullable(),
});

/**
 * What a task instance is beside its state; see {@link taskFactsSchema}.
 *
 * @public
 */
export type TaskFacts = z.infer<typeof taskFactsSchema>;

/**
 * Something that keeps a task instance from starting, in Airflow's own words.
 *
 * @public
 */
export const waitReasonSchema = z.object({
  name: z.string(),
  reason: z.string(),
});

/**
 * Something that keeps a task instance from starting; see {@link waitReasonSchema}.
 *
 * @public
 */
export type WaitReason = z.infer<typeof waitReasonSchema>;
