import type { AlertRuleType, Severity } from './alertRule';
import type { componentNames } from './cluster';
import type { Ownership } from './ownership';
import type { Instant } from './time';

/**
 * The life of an alert. `pending`: the condition holds, but not for as long as its rule asks. `firing`: somebody is to
 * know. `acknowledged`: somebody has it. `resolved`: proven right again, or closed by hand.
 *
 * @public
 */
export const alertStatuses = [
  'pending',
  'firing',
  'acknowledged',
  'resolved',
] as const;

/**
 * Where an alert is in its life; see {@link alertStatuses}.
 *
 * @public
 */
export type AlertStatus = (typeof alertStatuses)[number];

/**
 * What an alert is about, from wide to narrow. Causes inhibit what lies below them in this order.
 *
 * @public
 */
export type AlertSubject =
  | { kind: 'cluster'; cluster: string }
  | {
      kind: 'component';
      cluster: string;
      component: (typeof componentNames)[number];
    }
  | {
      kind: 'dag-file';
      cluster: string;
      filename: string;
    }
  | {
      kind: 'dag';
      cluster: string;
      dagId: string;
    }
  | {
      kind: 'run';
      cluster: string;
      dagId: string;
      runId: string;
    };

/**
 * The first task that failed in the run that an alert is about, with the error that its log ends in.
 *
 * @public
 */
export type AlertFailure = {
  runId: string;
  taskId: string;
  /** -1 for a task that is not mapped. */
  mapIndex: number;
  tryNumber: number;
  /** The last line of the traceback, such as `ValueError: no rows`; null where the log holds none. */
  exception: string | null;
  /** The lines of the log around the error, at most 40. */
  excerpt: string[];
};

/**
 * How far the search is for why the run of an alert failed. `looking`: to be asked, or asked again. `found`. `none`: all
 * was read and tells of no error. `unreadable`: given up.
 *
 * @public
 */
export type AlertExplanation = {
  state: 'looking' | 'found' | 'none' | 'unreadable';
  tries: number;
  /** When it is asked next, at the earliest; null when it is not. */
  nextAt: Instant | null;
  /** Why there is no error, or none yet. */
  because: string | null;
};

/**
 * Why an alert is over: the fact that proves it, or the person who closed it.
 *
 * @public
 */
export type AlertResolution =
  | {
      kind: 'proof';
      at: Instant;
      /** Such as `Run scheduled__2026-11-24 succeeded`. */
      text: string;
      /** The run that proves it, where a run does. */
      runId: string | null;
    }
  | {
      kind: 'by-hand';
      at: Instant;
      /** Entity ref of the person. */
      by: string;
      reason: string;
    };

/**
 * Who has an alert.
 *
 * @public
 */
export type AlertAcknowledgement = {
  at: Instant;
  /** Entity ref of the person. */
  by: string;
  note: string | null;
};

/**
 * How often an alert began to fire within the last hour, when that is often enough to be told once and then left alone.
 *
 * @public
 */
export type AlertFlapping = {
  times: number;
  since: Instant;
};

/**
 * One thing that is wrong, from when it was first seen until it is proven right again.
 *
 * @public
 */
export type Alert = {
  id: string;
  /** The name of the rule in the configuration. */
  rule: string;
  ruleType: AlertRuleType;
  severity: Severity;
  status: AlertStatus;
  subject: AlertSubject;
  /** One sentence that names the subject, such as `load_orders failed`. */
  title: string;
  /** What was seen, such as `3 runs failed in a row`. */
  observed: string;
  /** What the rule asks for, such as `fewer than 3 failures in a row`. */
  expected: string;
  /** Since when the condition holds, as far as the facts tell. */
  since: Instant;
  /** When the portal first saw it, or saw it again after it was over; `for` counts from then. */
  noticedAt: Instant;
  firedAt: Instant | null;
  /** When the condition was last found to hold. */
  lastSeenAt: Instant;
  /** When the facts that this rests on were read from Airflow; null when they never were. */
  factsReadAt: Instant | null;
  /** Of an open one, since when these facts cannot be read, so that nobody knows how it is; left out while they can. */
  blindSince?: Instant;
  /** The run that it is about, where there is one. */
  runId: string | null;
  owner: Ownership | null;
  failure: AlertFailure | null;
  /** Null for an alert that is about no failed run. */
  explanation: AlertExplanation | null;
  acknowledged: AlertAcknowledgement | null;
  resolution: AlertResolution | null;
  /** The open alert that is the cause of this one; while it is open, nobody is told of this one. */
  inhibitedBy: string | null;
  /** How often it came back after it was resolved. */
  reopened: number;
  flapping: AlertFlapping | null;
  /** True for what was so already when the portal first read the cluster by this rule. */
  oldNews: boolean;
};
