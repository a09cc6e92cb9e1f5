import type { Instant } from './time';

/**
 * A version of a DAG as Airflow 3 counts them.
 *
 * @public
 */
export type DagVersion = {
  number: number;
  createdAt: Instant;
  bundle: string | null;
  /** Such as a commit, where the bundle has versions of its own. */
  bundleVersion: string | null;
};

/**
 * The code of the file that a DAG is defined in.
 *
 * @public
 */
export type DagSource = {
  code: string;
  /** Null where Airflow does not keep versions. */
  version: number | null;
};
