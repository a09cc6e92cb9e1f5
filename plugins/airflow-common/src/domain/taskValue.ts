import type { Instant } from './time';

/**
 * A value of a task as text, safe to be shown: JSON with line breaks, or the text itself. It is as Airflow wrote it,
 * so that NaN and long numbers stay what they are.
 *
 * @public
 */
export type TaskValue = {
  text: string;
  isJson: boolean;
  /** How many characters the whole value has as Airflow wrote it. */
  length: number;
  /** True when only the beginning is given. */
  isCut: boolean;
};

/**
 * An XCom that a task instance left, without its value.
 *
 * @public
 */
export type XCom = {
  key: string;
  storedAt: Instant | null;
};

/**
 * A field of an operator after its templates were filled in.
 *
 * @public
 */
export type RenderedField = {
  name: string;
  value: TaskValue;
};

/**
 * What a task instance is beside its state: how it is queued, where its operator leads, and why it waits.
 *
 * @public
 */
export type TaskFacts = {
  /** The higher, the sooner its pool lets it in. */
  priorityWeight: number | null;
  poolSlots: number | null;
  executor: string | null;
  /** Of the operator, such as the job that it started in another system; null when Airflow failed to tell them. */
  links: { name: string; url: string }[] | null;
};

/**
 * Something that keeps a task instance from starting, in Airflow's own words.
 *
 * @public
 */
export type WaitReason = {
  name: string;
  reason: string;
};
