import type {
  Alert,
  AlertEvent,
  AlertFailure,
  AlertRuleType,
  AlertSubject,
  ClusterClock,
  CollectionKind,
  ComponentHealth,
  DagPresence,
  DagRun,
  ImportError,
  Instant,
  Ownership,
  Presence,
  Problem,
  Schedule,
  Severity,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Told } from '../told';

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

/** Which clusters and DAGs a rule looks at; a part that is left out does not narrow. */
export interface RuleScope {
  clusters?: string[];
  environments?: string[];
  /** Ids, or globs with `*` and `?`. */
  dags?: string[];
  tags?: string[];
  owners?: string[];
}

/** A rule of the configuration, checked. Thresholds are those of its type only. */
export type Rule = {
  name: string;
  severity: Severity;
  /** For how long the condition must hold before it fires, in milliseconds. */
  forMs: number;
  scope: RuleScope;
} & (
  | {
      type:
        | 'cluster-unreachable'
        | 'dags-vanished'
        | 'component-unhealthy'
        | 'import-error'
        | 'dag-vanished'
        | 'run-failed'
        | 'older-run-failed';
    }
  | { type: 'readings-failing'; longerThanMs: number }
  | { type: 'clock-skew'; moreThanMs: number }
  | { type: 'failures-in-a-row'; count: number }
  | { type: 'run-too-long'; longerThanMs: number; timesUsual: number }
  | { type: 'run-stuck-queued'; longerThanMs: number }
  | { type: 'run-missed'; graceMs: number }
  | { type: 'no-success'; withinMs: number }
);

/** A condition that a rule found to hold, as the rule puts it. */
export interface Condition {
  /** Names rule and subject; there is never more than one open alert for it. */
  fingerprint: string;
  /**
   * Changes when something new goes wrong with the same subject, such as the next failed run. Empty in an alert that was
   * closed by hand and has ended since: nothing is held back of it any more.
   */
  occurrence: string;
  rule: string;
  ruleType: AlertRuleType;
  severity: Severity;
  forMs: number;
  subject: AlertSubject;
  title: string;
  observed: string;
  expected: string;
  since: Instant;
  factsReadAt: Instant | null;
  runId: string | null;
  owner: Ownership | null;
}

/** The same, as it may be told. */
export interface Finding extends Condition {
  title: Told;
  observed: Told;
}

/** The fact that shows an alert to be over. */
export interface Proof {
  text: Told;
  runId: string | null;
}

/** What happened to an alert, as its timeline tells it. */
export interface ToldEvent extends AlertEvent {
  text: Told;
}

/** The first task that failed, with its error as it may be told. */
export interface ToldFailure extends AlertFailure {
  exception: Told | null;
  excerpt: Told[];
}

/** An alert as people hear of it. */
export interface ToldAlert extends Alert {
  title: Told;
  observed: Told;
  failure: ToldFailure | null;
}

/** One kind of rule. Pure: facts in, findings out. */
export interface RuleType<R extends Rule = Rule> {
  /** What the rule asks for, with its threshold, in words. */
  expected(rule: R): string;
  find(facts: ClusterFacts, rule: R): Condition[];
  /**
   * Whether stored facts prove that the condition is over; null when they do not, above all when they are too old to
   * tell. Not being found is no proof.
   */
  proof(alert: StoredAlert, facts: ClusterFacts, rule: R): Proof | null;
}

/** An alert with what only the engine needs. */
export interface StoredAlert extends ToldAlert {
  fingerprint: string;
  occurrence: string;
  /** What was told last; who was not told that it fires is not told that it is over. */
  told: 'nothing' | 'fires' | 'flaps';
  /** When it began to fire, within the hour before it last did; oldest first. */
  openings: Instant[];
  /** How its DAG is, where its timeline said so last; null when that is listed. */
  dagPresence: DagPresence | null;
}

/** What somebody is to be told. */
export interface Notice {
  kind: 'fired' | 'resolved';
  alertId: string;
  /** The run that failed for another cause than was told, so that it is told again. */
  anew?: string;
}

/** What one evaluation changes; applying it twice changes nothing more. */
export interface Decision {
  /** New and changed alerts, whole. */
  alerts: StoredAlert[];
  events: (ToldEvent & { alertId: string })[];
  notices: Notice[];
}

/**
 * How far rules are that have not been through with a cluster before, by name. What they find until they are is no news:
 * it is told of at once when they are. Those that were through before are left out.
 */
export type FirstReadings = ReadonlyMap<string, 'under way' | 'over'>;
