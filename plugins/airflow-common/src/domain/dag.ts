import type { DagRun } from './dagRun';
import type { Ownership } from './ownership';
import type { Instant } from './time';

/**
 * The kinds of schedules that a DAG can have.
 *
 * @public
 */
export const scheduleKinds = [
  'cron',
  'interval',
  'asset',
  'continuous',
  'other',
  'none',
] as const;

/**
 * What a DAG runs by; see {@link scheduleKinds}.
 *
 * @public
 */
export type ScheduleKind = (typeof scheduleKinds)[number];

/**
 * When a DAG runs. `expression` is what Airflow gives (a cron, a duration, an asset expression),
 * `description` its own words for it.
 *
 * @public
 */
export type Schedule = {
  kind: ScheduleKind;
  expression: string | null;
  description: string | null;
};

/**
 * Whether Airflow still has a DAG. `listed`: it does. `broken`: its file cannot be imported, so nothing of it runs.
 * `unparsed`: Airflow has not parsed its file for far longer than it takes for others. `doubted`: it was not found,
 * but neither were many others, which is not believed. `vanished`: no file holds it any more. `deleted`: it is not
 * even in Airflow's database, or somebody said that it is gone for good.
 *
 * @public
 */
export const dagPresences = [
  'listed',
  'broken',
  'unparsed',
  'doubted',
  'vanished',
  'deleted',
] as const;

/**
 * One of {@link dagPresences}.
 *
 * @public
 */
export type DagPresence = (typeof dagPresences)[number];

/**
 * Whether Airflow still has a DAG, since when it is so, and why.
 *
 * @public
 */
export type Presence = {
  state: DagPresence;
  /** Null for a DAG that was never anything but listed. */
  since: Instant | null;
  /** In words that go on from "because"; null for a DAG that is listed. */
  reason: string | null;
};

/**
 * A DAG as the store keeps it. It is named by (cluster, dagId).
 *
 * @public
 */
export type Dag = {
  cluster: string;
  dagId: string;
  displayName: string;
  description: string | null;
  paused: boolean;
  hasImportErrors: boolean;
  tags: string[];
  /** As Airflow tells them. */
  owners: string[];
  /** Who answers for it, as a group or user of the catalog; null when nothing names anybody. */
  owner: Ownership | null;
  schedule: Schedule;
  /** The run that Airflow announces next, in UTC; null when none is announced. */
  nextRunAt: Instant | null;
  fileLocation: string | null;
  lastParsedAt: Instant | null;
  maxActiveRuns: number | null;
  /** When it was last seen in Airflow. */
  readAt: Instant;
  presence: Presence;
  /** Since when it is vanished or deleted; what was stored stays readable. */
  goneAt: Instant | null;
};

/**
 * The time zone in which a DAG's schedule is meant. No Airflow tells it: `tag` was set by a tag of the DAG;
 * `cluster` is the default of its cluster, and `inferred` another one, in which the schedule has a run whenever Airflow
 * announced one, and no other would differ within a year. Where others would, it is `open`: `names` has the likeliest
 * first, one for all that would not differ, of `total`.
 *
 * @public
 */
export type DagZone =
  | {
      source: 'tag' | 'cluster' | 'inferred';
      name: string;
    }
  | {
      source: 'open';
      names: string[];
      total: number;
    };

/**
 * How a DAG fails whose newest finished run failed, in the order of what runs are for.
 *
 * @public
 */
export type Failing = {
  /** How many runs failed since it last succeeded. */
  failures: number;
  /** When the first of those ended. */
  since: Instant;
};

/**
 * A DAG in a list: with its last runs, newest last, so that a row can draw them.
 *
 * @public
 */
export type DagListItem = Dag & {
  /** Null where none was set, and nothing was announced to go by or no zone fits. */
  zone: DagZone | null;
  /** The newest in the order of what runs are for, whether it has ended or not. */
  lastRun: DagRun | null;
  /** At most 14, oldest first. */
  recentRuns: Pick<
    DagRun,
    'runId' | 'state' | 'runAfter' | 'startedAt' | 'durationMs'
  >[];
  /** Share of successful among the finished runs of `recentRuns`, 0 to 1; null when none finished. */
  successRate: number | null;
  /** Null when its newest finished run did not fail. */
  failing: Failing | null;
};

/**
 * One parameter of a DAG as Airflow describes it: a JSON schema with a default, each as {@link JsonText}, so that
 * nothing in it is changed by being read.
 *
 * @public
 */
export type DagParam = {
  name: string;
  value: string;
  description: string | null;
  schema: string;
};

/**
 * What only Airflow itself knows of a DAG, fetched live.
 *
 * @public
 */
export type DagDetails = {
  docMd: string | null;
  params: DagParam[];
  startDate: Instant | null;
  endDate: Instant | null;
  catchup: boolean | null;
  maxActiveTasks: number | null;
  /** Seconds. */
  runTimeoutSeconds: number | null;
  /** So many failed runs in a row pause it; null for never, or where Airflow does not tell. */
  pausesAfterFailures: number | null;
  /** Whether its templates give Python values instead of text. */
  rendersNative: boolean | null;
  /** Newest version, as Airflow 3 counts them. */
  version: number | null;
  bundle: string | null;
  /** Such as a commit. */
  bundleVersion: string | null;
  parseDurationMs: number | null;
  /**
   * Why Airflow makes no backfill of it: its schedule names no dates (there is none, or assets start it, or it runs
   * once or always), or its file allows no such runs. Null when it makes one, and on Airflow 2.
   */
  backfillRefusal: 'no-dates' | 'not-allowed' | null;
};
