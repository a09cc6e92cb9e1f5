import type { PortalAction } from './portalActions';
import type { Instant } from './time';

/**
 * A pool: how many task slots it has, and what takes them right now.
 *
 * @public
 */
export type Pool = {
  name: string;
  description: string | null;
  /** Null for a pool without a limit. */
  slots: number | null;
  running: number;
  queued: number;
  /** Waiting for a slot. */
  scheduled: number;
  deferred: number;
  /** Whether deferred tasks keep their slots. */
  countsDeferred: boolean;
  /** Null for a pool without a limit. */
  open: number | null;
};

/**
 * A provider package that is installed in an Airflow.
 *
 * @public
 */
export type Provider = {
  name: string;
  version: string;
  description: string | null;
};

/**
 * A plugin that an Airflow has loaded.
 *
 * @public
 */
export type AirflowPlugin = {
  name: string;
  /** Where it comes from, as Airflow words it. */
  source: string | null;
};

/**
 * One line of an Airflow's own event log: who did what, as that Airflow knows it, or what the portal alone has written
 * down. What was given along with the action
 * is left out, because it may hold values that are nobody else's business.
 *
 * @public
 */
export type Activity = {
  id: string;
  at: Instant;
  /** As Airflow names it: `trigger_dag_run`, `patch_dag`, `cli_task_run`, … */
  event: string;
  /** The user, or for what tasks do the owner of the task. */
  who: string | null;
  dagId: string | null;
  runId: string | null;
  taskId: string | null;
  /** Of what was done through the portal: who did it, and why. */
  portal: PortalAction | null;
};
