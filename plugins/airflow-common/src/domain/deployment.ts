import { z } from 'zod';
import { deedSchema } from './deed';
import { instantSchema } from './time';

const slots = z.number().int().nonnegative();

/**
 * A pool: how many task slots it has, and what takes them right now.
 *
 * @public
 */
export const poolSchema = z.object({
  name: z.string(),
  description: z.string().nullable(),
  /** Null for a pool without a limit. */
  slots: slots.nullable(),
  running: slots,
  queued: slots,
  /** Waiting for a slot. */
  scheduled: slots,
  deferred: slots,
  /** Whether deferred tasks keep their slots. */
  countsDeferred: z.boolean(),
  /** Null for a pool without a limit. */
  open: slots.nullable(),
});

/**
 * A pool with what takes its slots; see {@link poolSchema}.
 *
 * @public
 */
export type Pool = z.infer<typeof poolSchema>;

/**
 * A provider package that is installed in an Airflow.
 *
 * @public
 */
export const providerSchema = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string().nullable(),
});

/**
 * An installed provider package; see {@link providerSchema}.
 *
 * @public
 */
export type Provider = z.infer<typeof providerSchema>;

/**
 * A plugin that an Airflow has loaded.
 *
 * @public
 */
export const pluginSchema = z.object({
  name: z.string(),
  /** Where it comes from, as Airflow words it. */
  source: z.string().nullable(),
});

/**
 * A loaded plugin; see {@link pluginSchema}.
 *
 * @public
 */
export type AirflowPlugin = z.infer<typeof pluginSchema>;

/**
 * One line of an Airflow's own event log: who did what, as that Airflow knows it, or what the portal alone has written
 * down. What was given along with the deed
 * is left out, because it may hold values that are nobody else's business.
 *
 * @public
 */
export const activitySchema = z.object({
  id: z.string(),
  at: instantSchema,
  /** As Airflow names it: `trigger_dag_run`, `patch_dag`, `cli_task_run`, … */
  event: z.string(),
  /** The user, or for what tasks do the owner of the task. */
  who: z.string().nullable(),
  dagId: z.string().nullable(),
  runId: z.string().nullable(),
  taskId: z.string().nullable(),
  /** Of what was done through the portal: who did it, and why. */
  portal: deedSchema.nullable(),
});

/**
 * One line of an Airflow's event log; see {@link activitySchema}.
 *
 * @public
 */
export type Activity = z.infer<typeof activitySchema>;
