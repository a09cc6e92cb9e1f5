import { ClusterDefinition, DagDefinition } from '../fleet/types';
import { AssetWriters } from './assetWriters';
import { creationLag, isCreated } from './creation';
import { DAY } from './cron';
import type { NextRun } from './dagScheduler';
import { graphOf, PlannedTask } from './graph';
import { DagBag } from './dagBag';
import { Overlay } from './overlay';
import { activeFrom, activeSpans, isPausedAt, PauseChange } from './pauses';
import { maxSpan, planRun } from './plan';
import { PlanContext } from './planContext';
import { hashText, mix } from './random';
import { RunContext, RunFacts, RunIdentity, RunRef, RunType } from './run';
import { runFacts } from './runFacts';
import { instantOfRunId, runIdStamp } from './runIds';
import { DagSchedules, hasIntervals, isTimed } from './schedule';
import { Scheduler } from './scheduler';
import { TaskFacts } from './taskFacts';
import { mapIndexesOf, taskFacts, tasksAt } from './taskInstances';
import { atLeast, major } from './version';

/** One cluster over time: definition and seed on one side, people on the other. */
export class ClusterSimulation {
  readonly overlay = new Overlay();
  readonly assetWriters = new AssetWriters(this);
  readonly dagBag: DagBag;
  readonly schedules: DagSchedules;
  readonly seed: number;
  version: string;
  /** Of a cluster that lives. */
  readonly scheduler: Scheduler | undefined;
  private shuffles = 0;

  constructor(
    readonly definition: ClusterDefinition,
    seed: number,
    private readonly clock: () => number,
  ) {
    this.version = definition.version;
    this.dagBag = new DagBag(definition.dags, this.overlay, {
      now: () => this.now(),
      version: () => this.version,
    });
    this.seed = mix(seed, hashText(definition.name));
    this.schedules = new DagSchedules(this.seed, (dag, from, to) =>
      this.assetWriters.writesFor(dag, from, to),
    );
    if (definition.isLived) this.scheduler = new Scheduler(this);
  }

  /** Another number for each page of a list in no order; undefined where its database keeps one. */
  nextShuffle(): number | undefined {
    if (!this.definition.isShuffled) return undefined;
    this.shuffles += 1;
    return this.shuffles;
  }

  get passwords(): ReadonlyMap<string, string> {
    return this.overlay.passwords;
  }

  /** The latest moment that it has come to, which a clock that is set back does not undo. */
  private reached(): number {
    return Math.max(this.now(), this.scheduler?.reached ?? 0);
  }

  now(): number {
    return this.clock();
  }

  get name(): string {
    return this.definition.name;
  }

  isAtLeast(wanted: string): boolean {
    return atLeast(this.version, wanted);
  }

  private pausesOf(dag: DagDefinition): readonly PauseChange[] {
    return this.overlay.pauses.get(dag.dagId) ?? [];
  }

  isPaused(dag: DagDefinition, at: number = this.now()): boolean {
    return isPausedAt(dag, this.pausesOf(dag), at);
  }

  /** Spans within [from, to) in which the scheduler made runs of the DAG. */
  private activeSpans(
    dag: DagDefinition,
    from: number,
    to: number,
  ): Array<[number, number]> {
    const deletedAt = this.overlay.deletedDags.get(dag.dagId) ?? -Infinity;
    const begin = Math.max(from, deletedAt);
    return activeSpans(dag, this.pausesOf(dag), begin, to);
  }

  private planContext(): PlanContext {
    return {
      seed: this.seed,
      outages: this.definition.outages,
      schedulerGaps: this.overlay.schedulerGaps,
      schedulerDeadSince: this.overlay.dead.scheduler,
      activeFrom: (dag, at) => activeFrom(dag, this.pausesOf(dag), at),
    };
  }

  maxSpan(dag: DagDefinition): number {
    const { scheduler } = this.overlay.dead;
    const dead = scheduler === undefined ? 0 : this.now() - scheduler;
    return maxSpan(this.planContext(), dag) + dead;
  }

  /** Whether a run of the DAG covers the interval that ends when it is due. */
  usesIntervals(dag: DagDefinition): boolean {
    return this.definition.dataIntervals && hasIntervals(dag);
  }

  /** Scheduled (and simulated) runs due in [from, to) that exist by now. */
  scheduledRefs(dag: DagDefinition, from: number, to: number): RunRef[] {
    if (this.scheduler) return [];
    const now = this.now();
    const context = this.planContext();
    const deleted = this.overlay.deletedRuns.get(dag.dagId);
    const refs: RunRef[] = [];
    for (const [a, b] of this.activeSpans(dag, from, Math.min(to, now + 1))) {
      for (const runAfter of this.schedules.fires(dag, a, b)) {
        if (this.isFirstInterval(dag, runAfter)) continue;
        const ref = { dag, runAfter };
        if (deleted?.has(this.runId(ref))) continue;
        if (isCreated(context, dag, runAfter, now)) refs.push(ref);
      }
    }
    return refs;
  }

  /** How many runs `scheduledRefs` would list, by arithmetic for the past. */
  countScheduled(dag: DagDefinition, from: number, to: number): number {
    if (this.scheduler) return 0;
    const now = this.now();
    const lag = creationLag(this.planContext(), dag, now);
    const settled = Math.min(to, now - lag);
    let total = 0;
    for (const [a, b] of this.activeSpans(dag, from, settled)) {
      total += this.schedules.count(dag, a, b);
    }
    if (this.usesIntervals(dag)) {
      const first = this.schedules.next(dag, dag.startDate - 1);
      if (first !== undefined && first >= from && first < settled) {
        const active = this.activeSpans(dag, first, first + 1).length > 0;
        if (active) total -= 1;
      }
    }
    for (const at of this.overlay.deletedRuns.get(dag.dagId)?.values() ?? []) {
      if (at >= from && at < settled) total -= 1;
    }
    return total + this.scheduledRefs(dag, Math.max(from, settled), to).length;
  }

  /** The first fire only opens the first interval; its run comes later. */
  private isFirstInterval(dag: DagDefinition, runAfter: number): boolean {
    if (!this.usesIntervals(dag)) return false;
    if (runAfter > dag.startDate + 40 * DAY) return false;
    return this.schedules.previous(dag, runAfter) === undefined;
  }

  storedRefs(dag: DagDefinition, from: number, to: number): RunRef[] {
    const refs: RunRef[] = [];
    const now = this.reached();
    for (const run of this.overlay.storedRuns.get(dag.dagId)?.values() ?? []) {
      if (run.runAfter >= from && run.runAfter < to && run.at <= now) {
        refs.push({ dag, runAfter: run.runAfter, stored: run });
      }
    }
    return refs;
  }

  /** Runs due in [from, to), made by the scheduler or by people. */
  refs(dag: DagDefinition, from: number, to: number): RunRef[] {
    return [
      ...this.scheduledRefs(dag, from, to),
      ...this.storedRefs(dag, from, to),
    ];
  }

  logicalDate(ref: RunRef): number | null {
    if (ref.stored) return ref.stored.logicalDate;
    if (ref.dag.schedule.kind === 'assets') {
      return major(this.version) < 3 ? ref.runAfter : null;
    }
    return this.usesIntervals(ref.dag)
      ? this.schedules.previous(ref.dag, ref.runAfter) ?? ref.runAfter
      : ref.runAfter;
  }

  /** Whether the DAG has a run of a logical date. */
  hasLogicalDate(dag: DagDefinition, at: number): boolean {
    if (this.scheduler) {
      const stored = this.overlay.storedRuns.get(dag.dagId)?.values() ?? [];
      return [...stored].some(({ logicalDate }) => logicalDate === at);
    }
    return this.refs(dag, at, at + 1).some(r => this.logicalDate(r) === at);
  }

  /** As what it was made; its id goes on telling that. */
  private madeAs(ref: RunRef): RunType {
    if (ref.stored) return ref.stored.runType;
    if (ref.dag.schedule.kind === 'assets') return 'asset_triggered';
    return ref.dag.schedule.kind === 'none' ? 'manual' : 'scheduled';
  }

  runId(ref: RunRef): string {
    if (ref.stored) return ref.stored.runId;
    const type = this.madeAs(ref);
    const asset = major(this.version) < 3 ? 'dataset' : 'asset';
    const prefix = type === 'asset_triggered' ? `${asset}_triggered` : type;
    const at = this.logicalDate(ref) ?? ref.runAfter;
    return `${prefix}__${runIdStamp(at)}`;
  }

  /** Finds a run by its id, without searching through history. */
  findRef(dag: DagDefinition, runId: string): RunRef | undefined {
    const stored = this.overlay.storedRuns.get(dag.dagId)?.get(runId);
    if (stored) return { dag, runAfter: stored.runAfter, stored };
    const at = instantOfRunId(runId);
    if (at === undefined) return undefined;
    const runAfter = this.usesIntervals(dag)
      ? this.schedules.next(dag, at)
      : at;
    if (runAfter === undefined) return undefined;
    return this.scheduledRefs(dag, runAfter, runAfter + 1).find(
      r => this.runId(r) === runId,
    );
  }

  findRun(dag: DagDefinition, runId: string): RunFacts | undefined {
    const ref = this.findRef(dag, runId);
    return ref && this.facts(ref);
  }

  /** A run as it is now, or was or will be at another moment if nobody acts on it. */
  facts(ref: RunRef, now: number = this.reached()): RunFacts {
    const { dag, runAfter, stored } = ref;
    const runId = this.runId(ref);
    const touch = this.overlay.touched(dag.dagId, runId);
    const identity: RunIdentity = {
      ...ref,
      runId,
      runType: touch?.isBackfilled ? 'backfill' : this.madeAs(ref),
      logicalDate: this.logicalDate(ref),
    };
    const context: RunContext = {
      seed: this.seed,
      dag,
      runAfter,
      plan: planRun(this.planContext(), { dag, runAfter, stored, touch }),
      touch,
      knowsAwaitingInput: this.isAtLeast('3.3'),
      marksOnlyOpenTasks: this.isAtLeast('3.0'),
    };
    return runFacts(identity, context, now);
  }

  /** The instances of one task of a run, mapped ones one by one. */
  tasksOf(run: RunFacts, planned: PlannedTask): IterableIterator<TaskFacts> {
    return tasksAt(run.context, planned, this.now());
  }

  *taskInstances(run: RunFacts): IterableIterator<TaskFacts> {
    for (const planned of graphOf(run.dag).tasks) {
      yield* this.tasksOf(run, planned);
    }
  }

  taskInstance(
    run: RunFacts,
    planned: PlannedTask,
    mapIndex: number,
  ): TaskFacts | undefined {
    const now = this.now();
    const { expanded, count } = mapIndexesOf(run.context, planned, now);
    const exists = expanded
      ? mapIndex >= 0 && mapIndex < count
      : mapIndex === -1;
    return exists ? taskFacts(run.context, planned, mapIndex, now) : undefined;
  }

  /** What Airflow announces: the first run that it has not created yet. */
  nextRun(dag: DagDefinition): NextRun | undefined {
    if (!isTimed(dag)) return undefined;
    if (this.scheduler) return this.scheduler.announced(dag) ?? undefined;
    const now = this.now();
    const context = this.planContext();
    let at = now - creationLag(context, dag, now);
    for (let i = 0; i < 100_000; i++) {
      const runAfter = this.schedules.next(dag, at);
      if (runAfter === undefined) return undefined;
      const paused = this.isPaused(dag, Math.min(runAfter, now));
      const exists = paused || isCreated(context, dag, runAfter, now);
      if (!this.isFirstInterval(dag, runAfter) && (runAfter > now || !exists)) {
        const logical = this.usesIntervals(dag)
          ? this.schedules.previous(dag, runAfter)
          : runAfter;
        return {
          runAfter,
          logical: logical ?? runAfter,
          intervalEnd: runAfter,
        };
      }
      at = runAfter;
    }
    return undefined;
  }
}
