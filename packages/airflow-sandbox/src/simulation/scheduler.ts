import { DagDefinition } from '../fleet/types';
import type { AssetWriters, RunsOfCluster } from './assetWriters';
import type { DagBag } from './dagBag';
import { Beats, DagScheduler, NextRun } from './dagScheduler';
import { Overlay } from './overlay';
import { unit } from './random';
import { runIdStamp } from './runIds';
import { dagHash, DagSchedules, hasIntervals, isTimed } from './schedule';
import { major } from './version';

/** How often a DAG is looked at again whose runs hold each other back. */
const LOOK_EVERY_MS = 30_000;
const CREATE_SALT = 17;

/** A cluster, as its scheduler knows it. */
interface ScheduledCluster extends RunsOfCluster {
  readonly overlay: Overlay;
  readonly assetWriters: AssetWriters;
  readonly schedules: DagSchedules;
  readonly seed: number;
  readonly version: string;
  readonly dagBag: DagBag;
  isPaused(dag: DagDefinition): boolean;
}

/** The scheduler of a cluster that lives: it makes runs as time passes, and never twice the same moment. */
export class Scheduler {
  private readonly dags = new Map<string, DagScheduler>();
  private reachedAt: number;

  constructor(private readonly cluster: ScheduledCluster) {
    const { dags } = cluster.definition;
    const first = Math.min(...dags.map(({ startDate }) => startDate));
    this.reachedAt = first + LOOK_EVERY_MS;
  }

  /** The latest moment that it has seen: a clock that is set back undoes nothing. */
  get reached(): number {
    return this.reachedAt;
  }

  /** Lives up to a moment; to be called before anything else changes. */
  advanceTo(now: number): void {
    const from = this.reachedAt;
    if (now <= from) return;
    this.reachedAt = now;
    const dags = this.cluster.dagBag.all();
    for (const dag of dags.filter(isTimed)) this.liveThrough(dag, from, now);
    for (const dag of dags) {
      if (dag.schedule.kind === 'assets') this.follow(dag, from, now);
    }
  }

  announced(dag: DagDefinition): NextRun | null {
    return this.of(dag).announced;
  }

  /** Whether nothing but a scheduler that does its work is needed for the DAG's next run. */
  isOwed(dag: DagDefinition): boolean {
    return (
      this.isInService(dag) &&
      !this.cluster.isPaused(dag) &&
      !this.of(dag).isFull(this.reachedAt)
    );
  }

  private liveThrough(dag: DagDefinition, from: number, to: number): void {
    const scheduler = this.of(dag);
    const isParsed =
      this.isInService(dag) &&
      this.cluster.overlay.dead.dag_processor === undefined;
    const isServed = this.isServed(dag);
    for (let at = from; at <= to; ) {
      if (isParsed) scheduler.announce(at);
      if (!isServed) break;
      scheduler.makeDue(at);
      const { announced } = scheduler;
      at =
        announced && !scheduler.isFull(at)
          ? Math.max(announced.runAfter, at + 1)
          : at + LOOK_EVERY_MS;
    }
    if (isParsed) scheduler.announce(to);
  }

  /** A DAG that waits for assets has a run for each writing, however many are under way. */
  private follow(dag: DagDefinition, from: number, to: number): void {
    if (!this.isServed(dag)) return;
    for (const at of this.cluster.assetWriters.writesFor(
      dag,
      from + 1,
      to + 1,
    )) {
      const logical = major(this.cluster.version) < 3 ? at : null;
      this.store(dag, 'asset_triggered', {
        logical,
        intervalEnd: logical,
        runAfter: at,
        at: at + this.delayOf(dag, at),
      });
    }
  }

  /** Both versions make no runs of a DAG with an import error, nor of one that no file holds. */
  private isInService(dag: DagDefinition): boolean {
    const { isEmptied } = this.cluster.overlay;
    return !dag.stale && !dag.hasImportErrors && !isEmptied;
  }

  private isServed(dag: DagDefinition): boolean {
    const { dead, passedOver } = this.cluster.overlay;
    return (
      this.isInService(dag) &&
      dead.scheduler === undefined &&
      dead.metadatabase === undefined &&
      !passedOver.has(dag.dagId) &&
      !this.cluster.isPaused(dag)
    );
  }

  private of(dag: DagDefinition): DagScheduler {
    let scheduler = this.dags.get(dag.dagId);
    if (!scheduler) {
      scheduler = this.schedulerFor(dag);
      this.dags.set(dag.dagId, scheduler);
    }
    return scheduler;
  }

  private schedulerFor({ dagId, ...dag }: DagDefinition): DagScheduler {
    const { cluster } = this;
    const now = () => cluster.dagBag.get(dagId) ?? { dagId, ...dag };
    return new DagScheduler({
      version: major(cluster.version) < 3 ? 2 : 3,
      startedAt: dag.startDate,
      catchup: dag.catchup ?? false,
      maxActiveRuns: dag.maxActiveRuns,
      beats: () =>
        now().schedule.kind === 'continuous'
          ? 'continuous'
          : this.beatsOf(now()),
      lastEnd: () =>
        cluster.overlay.newestTimed(dagId)?.dataIntervalEnd ?? undefined,
      active: at => this.underWay(now(), at),
      make: (next, at) =>
        this.store(now(), 'scheduled', {
          ...next,
          at: at + this.delayOf(now(), next.runAfter),
        }),
    });
  }

  private beatsOf(dag: DagDefinition): Beats {
    const { schedules } = this.cluster;
    const { schedule } = dag;
    const delayMs =
      schedule.kind === 'cron' ? (schedule.delaySeconds ?? 0) * 1000 : 0;
    return {
      after: at => schedules.next(dag, at) ?? Infinity,
      upTo: at => schedules.previous(dag, at + 1) ?? dag.startDate,
      stepMs:
        schedule.kind === 'interval' ? schedule.seconds * 1000 : undefined,
      coversInterval:
        delayMs > 0 ||
        (this.cluster.definition.dataIntervals && hasIntervals(dag)),
      delayMs,
    };
  }

  /** A scheduler is never at once, nor at the same pace. */
  private delayOf(dag: DagDefinition, at: number): number {
    const random = unit(this.cluster.seed, dagHash(dag), at, CREATE_SALT);
    return 400 + Math.floor(random * 2_600);
  }

  /** How many runs of the DAG are queued or running; those of a backfill have room of their own. */
  private underWay(dag: DagDefinition, at: number): number {
    const { openRuns, storedRuns, touches } = this.cluster.overlay;
    const open = openRuns.get(dag.dagId);
    const stored = storedRuns.get(dag.dagId);
    // What somebody acted on may be under way once more.
    const touched = [...(touches.get(dag.dagId)?.keys() ?? [])].flatMap(
      runId => stored?.get(runId) ?? [],
    );
    let count = 0;
    for (const run of new Set([...(open ?? []), ...touched])) {
      const facts = this.cluster.facts(
        { dag, runAfter: run.runAfter, stored: run },
        at,
      );
      if (facts.endAt !== null) open?.delete(run);
      else if (facts.runType !== 'backfill') count += 1;
    }
    return count;
  }

  private store(
    dag: DagDefinition,
    runType: 'scheduled' | 'asset_triggered',
    run: {
      logical: number | null;
      intervalEnd: number | null;
      runAfter: number;
      at: number;
    },
  ): void {
    const { logical, intervalEnd, runAfter, at } = run;
    const isDataset =
      runType === 'asset_triggered' && major(this.cluster.version) < 3;
    const prefix = isDataset ? 'dataset_triggered' : runType;
    this.cluster.overlay.addRun({
      dagId: dag.dagId,
      runId: `${prefix}__${runIdStamp(logical ?? runAfter)}`,
      at,
      runAfter,
      logicalDate: logical,
      dataIntervalStart: logical,
      dataIntervalEnd: intervalEnd,
      conf: {},
      note: null,
      user: null,
      partitionKey: null,
      runType,
      ignoresPause: false,
    });
  }
}
