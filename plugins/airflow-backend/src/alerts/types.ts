import type {
  Alert,
  AlertEvent,
  AlertFailure,
  AlertRuleType,
  AlertSubject,
  CollectionKind,
  ComponentHealth,
  DagRun,
  ImportError,
  Instant,
  Ownership,
  Problem,
  Severity,
} from '@airflow-fleet/backstage-plugin-airflow-common';

/** How the last reading of one kind of fact went, as far as rules ask. */
export interface Reading {
  /** When it last succeeded; null when it never did. */
  readAt: Instant | null;
  /** Since when readings fail; null when the last one succeeded. */
  failingSince: Instant | null;
  problem: Problem | null;
}

/** A run that Airflow announced and whose time has come. */
export interface DuePromise {
  runAfter: Instant;
  announcedAt: Instant;
}

/** What is stored of one DAG that some rule or open alert may be about. */
export interface DagFacts {
  dagId: string;
  displayName: string;
  paused: boolean;
  hasImportErrors: boolean;
  tags: string[];
  owner: Ownership | null;
  /** Newest first, as far back as the newest success, at most 25: how it failed in a row. */
  failedRuns: DagRun[];
  /** How many runs failed since the newest success, beyond the 25 too. */
  failuresInARow: number;
  /** The newest run that succeeded, by the moment it ended. */
  lastSuccess: DagRun | null;
  /** Queued or running, longest first. */
  unfinishedRuns: DagRun[];
  /** Announced within the last 24 hours, due, and without a run due at or after their time; oldest first. */
  unkeptPromises: DuePromise[];
  /**
   * The newest by `dueAt` of the runs that keep promises: the proof that a missed one was made up for. Runs that
   * people, assets or other DAGs start keep none.
   */
  lastRun: DagRun | null;
  /** When the DAG was first stored; nothing can be missed before. */
  firstSeenAt: Instant | null;
}

/** Everything stored of one cluster that rules look at, at one moment. */
export interface ClusterFacts {
  cluster: {
    name: string;
    title: string;
    environment: string | null;
    owner: string | null;
  };
  now: Date;
  readings: Record<CollectionKind, Reading>;
  components: ComponentHealth[];
  importErrors: ImportError[];
  /** By DAG id; an open alert whose DAG is not among them is about one that Airflow no longer has. */
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
        | 'component-unhealthy'
        | 'import-error'
        | 'run-failed';
    }
  | { type: 'failures-in-a-row'; count: number }
  | { type: 'run-too-long'; longerThanMs: number }
  | { type: 'run-missed'; graceMs: number }
  | { type: 'no-success'; withinMs: number }
);

/** A condition that a rule found to hold. */
export interface Finding {
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

/** The fact that shows an alert to be over. */
export interface Proof {
  text: string;
  runId: string | null;
}

/** One kind of rule. Pure: facts in, findings out. */
export interface RuleType<R extends Rule = Rule> {
  /** What the rule asks for, with its threshold, in words. */
  expected(rule: R): string;
  find(facts: ClusterFacts, rule: R): Finding[];
  /**
   * Whether stored facts prove that the condition is over; null when they do not, above all when they are too old to
   * tell. Not being found is no proof.
   */
  proof(alert: StoredAlert, facts: ClusterFacts, rule: R): Proof | null;
}

/** An alert with what only the engine needs. */
export interface StoredAlert extends Alert {
  fingerprint: string;
  occurrence: string;
  /** Whether somebody was told that it fires; who was not told that is not told that it is over. */
  told: boolean;
}

/** What somebody is to be told. */
export interface Notice {
  kind: 'fired' | 'resolved';
  alertId: string;
}

/** What one evaluation changes; applying it twice changes nothing more. */
export interface Decision {
  /** New and changed alerts, whole. */
  alerts: StoredAlert[];
  events: (AlertEvent & { alertId: string })[];
  notices: Notice[];
}

/** The first failed task of each run that a new alert is about, by alert fingerprint; fetched live. */
export type Failures = ReadonlyMap<string, AlertFailure>;
