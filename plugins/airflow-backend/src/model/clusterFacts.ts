import type {
  ClusterClock,
  CollectionKind,
  ComponentHealth,
  DagRun,
  ImportError,
  Instant,
  Ownership,
  Presence,
  Problem,
  Schedule,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** How the last reading of one kind of fact went, as far as rules ask. */
export interface Reading {
  /** When it last succeeded; null when it never did. */
  readAt: Instant | null;
  /** Since when readings fail; null when the last one succeeded. */
  failingSince: Instant | null;
  problem: Problem | null;
  /** When it was tried for the first and the last time; null when it never was. */
  tried: { firstAt: Instant; lastAt: Instant } | null;
  /** The interval at which it is to be made. */
  everyMs: number;
}

/** A run that Airflow announced, whose time has come, and that has not. */
export interface DuePromise {
  /** When it may come. */
  runAfter: Instant;
  /** Its {@link DagRun.dueAt}: in Airflow 2 a timetable may let it come long after that. */
  dueAt: Instant;
  /** First, by the cluster's clock. */
  announcedAt: Instant;
  /** How many runs that count towards `max_active_runs` were under way when it was to come. */
  underWay: number;
  /** When a run ended last without which there was no room for it; null when there always was. */
  freedAt: Instant | null;
}

/** A run that is queued or running. */
export interface UnfinishedRun extends DagRun {
  /** Since when it has been queued, as far as is known; null when it is not. */
  waitsSince: Instant | null;
}

/** What is stored of one DAG that some rule or open alert may be about. */
export interface DagFacts {
  dagId: string;
  displayName: string;
  paused: boolean;
  hasImportErrors: boolean;
  /** No file holds it any more: what was under way ends all the same, and nothing else is to be expected of it. */
  isVanished: boolean;
  tags: string[];
  owner: Ownership | null;
  /** The failed runs that are newer than the newest success, newest first, at most 25: how it failed in a row. */
  failedRuns: DagRun[];
  /** How many those are, beyond the 25 too. */
  failuresInARow: number;
  /** When the first of those ended; null when there are none. */
  failingSince: Instant | null;
  /** The newest run that succeeded. What is newer is said by `outcomeOf` of `insights`. */
  lastSuccess: DagRun | null;
  /** Failed when a newer run had succeeded already, lately or since an alert says so; the last one to fail first. */
  overtakenRuns: DagRun[];
  /** The runs that open alerts name, as they are now; null for one that is no longer there. */
  namedRuns: ReadonlyMap<string, DagRun | null>;
  /** Queued or running, longest first. */
  unfinishedRuns: UnfinishedRun[];
  /** How many of those count towards `max_active_runs`, beyond the 25 too. */
  activeRuns: number;
  maxActiveRuns: number | null;
  /** What a run usually takes; null where that is not known, or no run has gone on for long. */
  usualMs: number | null;
  schedule: Schedule;
  /** When the DAG itself was last read. */
  readAt: Instant;
  /** When the next run may come, as Airflow announced last. */
  nextRunAt: Instant | null;
  /**
   * Announced, due, and without the run that they are for; oldest first, at most 100. Those since the newest run that
   * came by schedule, and those since an open alert about them.
   */
  unkeptPromises: DuePromise[];
  /** What came by schedule since then, oldest first, at most 100; empty without such an alert. */
  runsSinceMissed: DagRun[];
  /**
   * The newest by `dueAt` of the runs that keep promises: the proof that a missed one was made up for. Runs that
   * people, assets or other DAGs start keep none.
   */
  lastRun: DagRun | null;
  /** When the DAG was first stored; null when nobody knows. */
  firstSeenAt: Instant | null;
  /** Since when it is listed once more, after its file was broken or gone; null when it always was, or is not. */
  listedSince: Instant | null;
}

/** A DAG that is not simply listed, and how it is. */
export interface AbsentDag {
  dagId: string;
  displayName: string;
  presence: Presence;
  fileLocation: string | null;
  /** Whether runs of it would start by themselves. */
  isScheduled: boolean;
  tags: string[];
  owner: Ownership | null;
}

/** How many DAGs of a cluster are in doubt. */
export interface Presences {
  /** That are not gone, the doubted ones too. */
  there: number;
  doubted: number;
  /** Of those the earliest; null when there are none. */
  doubtedSince: Instant | null;
}

/** Everything stored of one cluster that rules look at, at one moment. */
export interface ClusterFacts {
  cluster: {
    name: string;
    title: string;
    environment: string | null;
    owner: string | null;
  };
  /** By the portal's clock, as is when something was read. */
  now: Date;
  /**
   * What Airflow wrote is by another clock than `now` and the readings: compare only what `toClusterTime` or
   * `toPortalTime` has brought to one of the two. Null when it was never measured.
   */
  clock: ClusterClock | null;
  /**
   * When that clock was last found to be set, as by a person or after a suspension, and how far it had been ahead until
   * then; null when never.
   */
  clockSet: { at: Instant; offsetBeforeMs: number } | null;
  /** Since when this backend has been there: what it did not see before, it cannot miss. */
  watchedSince: Date;
  readings: Record<CollectionKind, Reading>;
  components: ComponentHealth[];
  importErrors: ImportError[];
  presences: Presences;
  /** By DAG id: those that are not listed. Of what is gone only what went lately, or has an open alert. */
  absent: ReadonlyMap<string, AbsentDag>;
  /** By DAG id; none of them is deleted. */
  dags: ReadonlyMap<string, DagFacts>;
}
