import type { Instant } from './time';

/**
 * A DAG file that Airflow could not import.
 *
 * @public
 */
export type ImportError = {
  cluster: string;
  id: string;
  filename: string;
  bundle: string | null;
  stackTrace: string;
  /** When Airflow first saw this error in its present form. */
  occurredAt: Instant | null;
};
