import type {
  Capability,
  ClearedTask,
  ComponentHealth,
  Dag,
  DagDetails,
  DagRun,
  DagRunDetails,
  DagRunState,
  ImportError,
  Instant,
  LogEntry,
  TaskInstance,
  TaskTry,
  TriggerBody,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Told } from '../told';
import type { Area } from './area';
import type { CallOptions, Page, RunAt, TaskInstanceRef } from './call';
import type { ClockReading } from './transport';

/** What an Airflow is, as far as its own endpoints tell. */
export interface AirflowInfo {
  /** As Airflow tells it, with vendor suffix. */
  airflowVersion: string;
  apiVersion: 'v1' | 'v2';
  capabilities: Capability[];
}

/** A DAG as Airflow lists it; the store adds when it was read. */
export type AirflowDag = Omit<
  Dag,
  'cluster' | 'readAt' | 'presence' | 'goneAt' | 'owner'
> & {
  /** By what the run announced for {@link Dag.nextRunAt} will be known when it comes. */
  nextRun: {
    /** Null where runs have none, as those of partitions. */
    logicalDate: Instant | null;
    /** Its {@link DagRun.dueAt}. */
    dueAt: Instant | null;
  };
  /** Whether the last parse of its file did not bring it, and so nothing of it runs. Airflow 2 calls it inactive. */
  stale: boolean;
};

/** A run as Airflow lists it, with the moment of its last change where Airflow tells it. */
export type AirflowRun = Omit<DagRun, 'cluster'>;

export type AirflowRunDetails = Omit<DagRunDetails, 'cluster'>;

export type AirflowImportError = Omit<ImportError, 'cluster'> & {
  stackTrace: Told;
};

/** Which runs; all conditions hold together. */
export interface RunQuery {
  /** One DAG; all of them when left out. */
  dagId?: string;
  /** Changed at or after. */
  updatedFrom?: Instant;
  /** Due at or after, on the time axis of {@link DagRun.runAfter}. */
  runAfterFrom?: Instant;
  runAfterTo?: Instant;
  states?: Exclude<DagRunState, 'unknown'>[];
}

/** Tasks of one run that are to be cleared. */
export interface TaskClearing {
  runId: string;
  /** A `mapIndex` of null stands for every instance of the task. */
  tasks: readonly { taskId: string; mapIndex: number | null }[];
  /** Whatever comes after them too. */
  downstream: boolean;
}

/** How far a clear goes. */
export interface ClearMode {
  /** Leaves out what neither failed nor was held up by a failure. */
  onlyFailed: boolean;
  /** Changes nothing. */
  dryRun: boolean;
}

/**
 * One Airflow in domain terms, whichever its version. Every method throws an {@link AirflowError}, or a
 * {@link BusyError} where the portal's own limits hold it back, and nothing else save for the abort of `signal` or of
 * the asker on whose behalf it is called.
 */
export interface AirflowClient {
  readonly cluster: string;

  /** Detects version and capabilities; remembered, and detected anew when the server changes under us. */
  info(options?: CallOptions): Promise<AirflowInfo>;
  /** How its clock goes, by what it answered in the last minutes; undefined when no answer told. */
  clock(): ClockReading | undefined;
  health(options?: CallOptions): Promise<ComponentHealth[]>;

  /** Those too that Airflow keeps but no longer finds in a file. */
  dags(options?: CallOptions): AsyncGenerator<Page<AirflowDag>>;
  dag(dagId: string, options?: CallOptions): Promise<AirflowDag>;
  dagDetails(dagId: string, options?: CallOptions): Promise<DagDetails>;
  importErrors(options?: CallOptions): AsyncGenerator<Page<AirflowImportError>>;

  /** Newest first by {@link DagRun.runAfter}. */
  runs(
    query: RunQuery,
    options?: CallOptions,
  ): AsyncGenerator<Page<AirflowRunDetails>>;
  /** How many there are; undefined where Airflow does not say. */
  countRuns(
    query: Pick<RunQuery, 'runAfterFrom' | 'runAfterTo'>,
    options?: CallOptions,
  ): Promise<number | undefined>;
  /** Refused as `unsupported` where the id cannot be part of an address. */
  run(
    dagId: string,
    runId: string,
    options?: CallOptions,
  ): Promise<AirflowRunDetails>;
  /**
   * Finds a run in the list of its moment, since no address reaches every id: that a run is not found at its address
   * does not prove that it is gone.
   *
   * @returns null when that list, read whole, does not have it
   */
  findRun(run: RunAt, options?: CallOptions): Promise<AirflowRunDetails | null>;

  taskInstances(
    dagId: string,
    runId: string,
    options?: CallOptions,
  ): AsyncGenerator<Page<TaskInstance>>;
  /** Those of every run of the DAG that is due within the window, both ends included. */
  taskInstancesOfRuns(
    dagId: string,
    window: { runAfterFrom: Instant; runAfterTo: Instant },
    options?: CallOptions,
  ): AsyncGenerator<Page<TaskInstance>>;
  taskInstance(
    ref: TaskInstanceRef,
    options?: CallOptions,
  ): Promise<TaskInstance>;
  /** Oldest first. */
  taskTries(ref: TaskInstanceRef, options?: CallOptions): Promise<TaskTry[]>;
  /** Entries as they arrive; memory stays bounded by one line however long the log is. */
  taskLog(
    ref: TaskInstanceRef,
    tryNumber: number,
    options?: CallOptions,
  ): AsyncGenerator<LogEntry>;

  triggerDag(
    dagId: string,
    request: TriggerBody,
    options?: CallOptions,
  ): Promise<AirflowRunDetails>;
  setDagPaused(
    dagId: string,
    paused: boolean,
    options?: CallOptions,
  ): Promise<AirflowDag>;

  /**
   * Has a run run again. Nothing outside the run is ever touched.
   *
   * @returns what is cleared, as it was before
   */
  clearRun(
    dagId: string,
    runId: string,
    mode: ClearMode,
    options?: CallOptions,
  ): Promise<ClearedTask[]>;
  /**
   * Has tasks of a run run again, as {@link AirflowClient.clearRun}. Airflow 2 refuses one instance of a mapped task
   * as `unsupported`.
   */
  clearTasks(
    dagId: string,
    clearing: TaskClearing & ClearMode,
    options?: CallOptions,
  ): Promise<ClearedTask[]>;

  /** Asks within an area, as the version that answers has it. */
  ask<T, R>(
    area: Area<T>,
    act: (area: T) => Promise<R>,
    options?: CallOptions,
  ): Promise<R>;
  /** As {@link AirflowClient.ask}, for what comes bit by bit. */
  read<T, R>(
    area: Area<T>,
    act: (area: T) => AsyncGenerator<R>,
    options?: CallOptions,
  ): AsyncGenerator<R>;

  /** Where a person finds these in Airflow's own pages. */
  webUrl(place: WebPlace): string;

  /** Ends open connections; the client is not used afterwards. */
  close(): Promise<void>;
}

/** A place in Airflow's own pages, from wide to narrow. */
export interface WebPlace {
  dagId?: string;
  runId?: string;
  taskId?: string;
  mapIndex?: number;
}
