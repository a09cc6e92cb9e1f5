import type {
  DagRun,
  DagRunDetails,
  DagRunState,
  Instant,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Page, RunAt, RunRef } from '../../call';

/** A run as Airflow lists it, with the moment of its last change where Airflow tells it. */
export type AirflowRun = Omit<DagRun, 'cluster'>;

export type AirflowRunDetails = Omit<DagRunDetails, 'cluster'>;

/** When runs are due, on the time axis of {@link DagRun.runAfter}; both ends included. */
export interface RunWindow {
  runAfterFrom?: Instant;
  runAfterTo?: Instant;
}

/** Which runs; all conditions hold together. */
export interface RunQuery extends RunWindow {
  /** One DAG; all of them when left out. */
  dagId?: string;
  /** Changed at or after. */
  updatedFrom?: Instant;
  states?: Exclude<DagRunState, 'unknown'>[];
}

export interface Runs {
  /** Newest first by {@link DagRun.runAfter}. */
  list(query: RunQuery): AsyncGenerator<Page<AirflowRunDetails>>;
  /** How many there are; undefined where Airflow does not say. */
  count(window: RunWindow): Promise<number | undefined>;
  /** Refused as `unsupported` where the id cannot be part of an address. */
  get(run: RunRef): Promise<AirflowRunDetails>;
  /**
   * Finds a run in the list of its moment, since no address reaches every id: that a run is not found at its address
   * does not prove that it is gone.
   *
   * @returns null when that list, read whole, does not have it
   */
  find(run: RunAt): Promise<AirflowRunDetails | null>;
}
