/** What makes a DAG run. Asset schedules follow the runs that write the asset. */
export type Schedule =
  | {
      kind: 'cron';
      expression: string;
      timezone: string;
      description: string;
      timetable?: string;
      /** A run comes so long after its interval has ended. */
      delaySeconds?: number;
    }
  | { kind: 'interval'; seconds: number }
  | { kind: 'continuous'; seconds: number }
  | { kind: 'assets'; uris: string[] }
  | { kind: 'none'; manualPerDay: number };

/** One exception of a chain: `cause` was raised first. */
export interface ErrorDefinition {
  type: string;
  value: string;
  frames: Array<{ file: string; line: number; name: string; code: string }>;
  cause?: ErrorDefinition;
}

/** A task, in Airflow's terms; `seconds` is what it usually takes. */
export interface TaskDefinition {
  taskId: string;
  displayName?: string;
  operator: string;
  module: string;
  upstream: string[];
  seconds: number;
  retries: number;
  pool: string;
  queue: string;
  triggerRule: string;
  /** Number of mapped instances; absent for a plain task. */
  mapped?: number;
  /** Waits for a person instead of ending (3.1+). */
  hitl?: {
    subject: string;
    body: string;
    options: string[];
    /** Runs from here on still wait for their answer. */
    pendingFrom: number;
  };
  deferrable?: boolean;
  logLines?: number;
  outlets?: string[];
  docMd?: string;
  /** What it leaves beside its return value. */
  xcoms?: Record<string, unknown>;
  /** Where its operator leads. */
  links?: Record<string, string>;
  /** Fields of its operator, templates filled in. */
  rendered?: Record<string, unknown>;
  /** Share of runs in which a branch above leaves it out. */
  skipRate?: number;
}

/** A span of runs that end badly in one task. */
export interface Incident {
  from: number;
  to?: number;
  taskId: string;
  error: ErrorDefinition;
}

/** A param as Airflow's `Param` declares it. */
export interface ParamDefinition {
  value: unknown;
  description?: string;
  schema: Record<string, unknown>;
}

/** Everything a cluster knows about a DAG before time begins to flow. */
export interface DagDefinition {
  dagId: string;
  displayName: string;
  description?: string;
  docMd?: string;
  owners: string[];
  tags: string[];
  schedule: Schedule;
  startDate: number;
  pausedSince?: number;
  stale?: boolean;
  hasImportErrors?: boolean;
  /** When its file was last parsed well; of late when left out. */
  parsedAt?: number;
  catchup?: boolean;
  maxActiveRuns: number;
  params: Record<string, ParamDefinition>;
  tasks: TaskDefinition[];
  /** How often it was changed, the first writing included; each change added a task at the end. 1 when left out. */
  versions?: number;
  failureRate: number;
  /** Share of runs in which `failingTask` fails once and succeeds on retry. */
  retryRate: number;
  failingTask?: string;
  error: ErrorDefinition;
  incidents: Incident[];
  /** Scheduled runs in the span are created so much later. */
  delays: Array<{ from: number; to: number; seconds: number }>;
  /** Runs in the span take so many times longer. */
  slowdowns: Array<{ from: number; to?: number; factor: number }>;
  relativeFile: string;
}

/** A span in which a whole cluster was ill. */
export interface Outage {
  from: number;
  to: number;
  /** `delay`: no run is created until it ends; `fail`: what starts, fails. */
  effect: 'delay' | 'fail';
  error: ErrorDefinition;
}

/** A DAG file that cannot be imported. */
export interface ImportErrorDefinition {
  relativeFile: string;
  stackTrace: string;
  timestamp: number;
}

/** A pool of slots. */
export interface PoolDefinition {
  name: string;
  slots: number;
  description: string | null;
  includeDeferred: boolean;
}

/** A warning Airflow shows about a DAG. */
export interface DagWarningDefinition {
  dagId: string;
  warningType: string;
  message: string;
  timestamp: number;
}

/**
 * One Airflow deployment.
 *
 * @public
 */
export interface ClusterDefinition {
  name: string;
  version: string;
  reachable: boolean;
  /** Runs carry the interval before them, as 2.x does (and 3.x if set so). */
  dataIntervals: boolean;
  dagsFolder: string;
  dags: readonly DagDefinition[];
  pools: PoolDefinition[];
  importErrors: ImportErrorDefinition[];
  dagWarnings: DagWarningDefinition[];
  outages: Outage[];
  /**
   * Runs are made as time passes, as a real scheduler makes them: held back by `max_active_runs`, passed over without
   * catch-up. Else all runs there ever were are reckoned from the schedules, which is what a long history takes.
   */
  isLived?: boolean;
  /** Its database gives what Airflow 2 leaves unsorted in another order for each page, as a busy PostgreSQL may. */
  isShuffled?: boolean;
}

/**
 * Everything the sandbox serves, before people act on it.
 *
 * @public
 */
export interface FleetDefinition {
  clusters: ClusterDefinition[];
}
