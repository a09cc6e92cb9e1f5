import { ClusterDefinition, DagDefinition } from '../fleet/types';
import { DAY } from './cron';
import { graphOf, PlannedTask } from './graph';
import { ManualRun, Overlay, RunTouch } from './overlay';
import { maxSpan, PlanContext, planRun, queuedAtOf, RunPlan } from './plan';
import { hashText, mix } from './random';
import { DagSchedules, hasIntervals, isTimed } from './schedule';
import {
  attemptsOf,
  mapIndexesOf,
  RunContext,
  TaskFacts,
  taskFacts,
} from './taskInstances';

export type RunState = 'queued' | 'running' | 'success' | 'failed';
export type RunType =
  | 'scheduled'
  | 'manual'
  | 'asset_triggered'
  | 'backfill'
  | 'operator_triggered';

/** Names a run before anything about its outcome is worked out. */
export interface RunRef {
  dag: DagDefinition;
  runAfter: number;
  manual?: ManualRun;
}

/** A DAG run at one moment. */
export interface RunFacts extends RunRef {
  runId: string;
  runType: RunType;
  logicalDate: number | null;
  dataIntervalStart: number | null;
  dataIntervalEnd: number | null;
  state: RunState;
  queuedAt: number;
  startAt: number | null;
  endAt: number | null;
  updatedAt: number;
  note: string | null;
  conf: Record<string, unknown>;
  user: string | null;
  plan: RunPlan;
  context: RunContext;
}

const REPARSED_AFTER = 30_000;

export function major(version: string): number {
  return Number(version.split('.')[0]);
}

/** Whether a version is at least `wanted` (major.minor). */
export function atLeast(version: string, wanted: string): boolean {
  const [a, b] = version.split('.').map(Number);
  const [c, d] = wanted.split('.').map(Number);
  return a > c || (a === c && b >= d);
}

/** An instant as run ids carry it. */
export function runIdStamp(at: number): string {
  const iso = new Date(at).toISOString();
  const [seconds, millis] = iso.slice(0, -1).split('.');
  return millis === '000'
    ? `${seconds}+00:00`
    : `${seconds}.${millis}000+00:00`;
}

const PREFIXES: Array<[string, RunType]> = [
  ['scheduled__', 'scheduled'],
  ['manual__', 'manual'],
  ['dataset_triggered__', 'asset_triggered'],
  ['asset_triggered__', 'asset_triggered'],
];

/** One cluster over time: definition and seed on one side, people on the other. */
export class ClusterSimulation {
  readonly overlay = new Overlay();
  readonly schedules: DagSchedules;
  readonly seed: number;
  version: string;
  private byId?: Map<string, DagDefinition>;

  constructor(
    readonly definition: ClusterDefinition,
    seed: number,
    private readonly clock: () => number,
  ) {
    this.version = definition.version;
    this.seed = mix(seed, hashText(definition.name));
    this.schedules = new DagSchedules(this.seed, (dag, from, to) =>
      this.assetWrites(dag, from, to),
    );
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

  /** DAGs that the cluster knows now; a deleted one is back after a parse. */
  dags(): DagDefinition[] {
    if (this.overlay.deletedDags.size === 0) return [...this.definition.dags];
    return this.definition.dags.filter(d => this.isKnown(d));
  }

  dag(dagId: string): DagDefinition | undefined {
    this.byId ??= new Map(this.definition.dags.map(d => [d.dagId, d]));
    const dag = this.byId.get(dagId);
    return dag && this.isKnown(dag) ? dag : undefined;
  }

  /** As a path names them, where `~` stands for all. */
  dagsNamed(dagId: string): DagDefinition[] {
    if (dagId === '~') return this.dags();
    const dag = this.dag(dagId);
    return dag ? [dag] : [];
  }

  private isKnown(dag: DagDefinition): boolean {
    const deletedAt = this.overlay.deletedDags.get(dag.dagId);
    return deletedAt === undefined || this.now() >= deletedAt + REPARSED_AFTER;
  }

  isPaused(dag: DagDefinition, at: number = this.now()): boolean {
    let paused = dag.pausedSince !== undefined && at >= dag.pausedSince;
    for (const change of this.overlay.pauses.get(dag.dagId) ?? []) {
      if (change.at <= at) paused = change.paused;
    }
    return paused;
  }

  /** Spans within [from, to) in which the DAG was not paused. */
  activeSpans(
    dag: DagDefinition,
    from: number,
    to: number,
  ): Array<[number, number]> {
    const changes: Array<{ at: number; paused: boolean }> = [];
    if (dag.pausedSince !== undefined) {
      changes.push({ at: dag.pausedSince, paused: true });
    }
    changes.push(...(this.overlay.pauses.get(dag.dagId) ?? []));
    const spans: Array<[number, number]> = [];
    let begin = Math.max(
      from,
      this.overlay.deletedDags.get(dag.dagId) ?? -Infinity,
    );
    let paused = this.isPaused(dag, begin);
    for (const change of changes) {
      if (change.at <= begin || change.at >= to) continue;
      if (change.paused && !paused) spans.push([begin, change.at]);
      if (!change.paused && paused) begin = change.at;
      paused = change.paused;
    }
    if (!paused && begin < to) spans.push([begin, to]);
    return spans;
  }

  planContext(): PlanContext {
    return {
      seed: this.seed,
      outages: this.definition.outages,
      schedulerGaps: this.overlay.schedulerGaps,
      schedulerDeadSince: this.overlay.dead.scheduler,
      activeFrom: (dag, at) => {
        if (!this.isPaused(dag, at)) return at;
        const resumed = this.overlay.pauses
          .get(dag.dagId)
          ?.find(c => c.at > at && !c.paused);
        return resumed?.at ?? Infinity;
      },
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
    const now = this.now();
    const context = this.planContext();
    const deleted = this.overlay.deletedRuns.get(dag.dagId);
    const refs: RunRef[] = [];
    for (const [a, b] of this.activeSpans(dag, from, Math.min(to, now + 1))) {
      for (const runAfter of this.schedules.fires(dag, a, b)) {
        if (this.isFirstInterval(dag, runAfter)) continue;
        const ref = { dag, runAfter };
        if (deleted?.has(this.runId(ref))) continue;
        if (
          runAfter + 3_100 > now ||
          dag.delays.length > 0 ||
          context.outages.length > 0 ||
          context.schedulerDeadSince !== undefined ||
          context.schedulerGaps.length > 0
        ) {
          if (queuedAtOf(context, dag, runAfter) > now) continue;
        }
        refs.push(ref);
      }
    }
    return refs;
  }

  /** How many runs `scheduledRefs` would list, by arithmetic for the past. */
  countScheduled(dag: DagDefinition, from: number, to: number): number {
    const now = this.now();
    const settled = Math.min(to, now - this.creationLag(dag));
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

  private creationLag(dag: DagDefinition): number {
    let lag = 10_000;
    for (const d of dag.delays) lag = Math.max(lag, d.seconds * 1000 + 10_000);
    for (const o of this.definition.outages) {
      lag = Math.max(lag, o.to - o.from + 30_000);
    }
    for (const g of this.overlay.schedulerGaps) {
      lag = Math.max(lag, g.to - g.from + 30_000);
    }
    const { scheduler } = this.overlay.dead;
    if (scheduler !== undefined) lag += this.now() - scheduler;
    return lag;
  }

  /** The first fire only opens the first interval; its run comes later. */
  private isFirstInterval(dag: DagDefinition, runAfter: number): boolean {
    if (!this.usesIntervals(dag)) return false;
    if (runAfter > dag.startDate + 40 * DAY) return false;
    return this.schedules.previous(dag, runAfter) === undefined;
  }

  manualRefs(dag: DagDefinition, from: number, to: number): RunRef[] {
    const refs: RunRef[] = [];
    for (const run of this.overlay.manualRuns.get(dag.dagId)?.values() ?? []) {
      if (run.runAfter >= from && run.runAfter < to && run.at <= this.now()) {
        refs.push({ dag, runAfter: run.runAfter, manual: run });
      }
    }
    return refs;
  }

  logicalDate(ref: RunRef): number | null {
    if (ref.manual) return ref.manual.logicalDate;
    if (ref.dag.schedule.kind === 'assets') {
      return major(this.version) < 3 ? ref.runAfter : null;
    }
    return this.usesIntervals(ref.dag)
      ? this.schedules.previous(ref.dag, ref.runAfter) ?? ref.runAfter
      : ref.runAfter;
  }

  runType(ref: RunRef): RunType {
    if (ref.manual) return ref.manual.runType;
    if (ref.dag.schedule.kind === 'assets') return 'asset_triggered';
    return ref.dag.schedule.kind === 'none' ? 'manual' : 'scheduled';
  }

  runId(ref: RunRef): string {
    if (ref.manual) return ref.manual.runId;
    const type = this.runType(ref);
    const asset = major(this.version) < 3 ? 'dataset' : 'asset';
    const prefix = type === 'asset_triggered' ? `${asset}_triggered` : type;
    const at = this.logicalDate(ref) ?? ref.runAfter;
    return `${prefix}__${runIdStamp(at)}`;
  }

  /** Finds a run by its id, without searching through history. */
  findRef(dag: DagDefinition, runId: string): RunRef | undefined {
    const manual = this.overlay.manualRuns.get(dag.dagId)?.get(runId);
    if (manual) return { dag, runAfter: manual.runAfter, manual };
    const prefix = PREFIXES.find(([p]) => runId.startsWith(p));
    if (!prefix) return undefined;
    const at = Date.parse(runId.slice(prefix[0].length));
    if (Number.isNaN(at)) return undefined;
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

  /** A run as it is now. */
  facts(ref: RunRef): RunFacts {
    const { dag, runAfter, manual } = ref;
    const now = this.now();
    const runId = this.runId(ref);
    const touch = this.overlay.touched(dag.dagId, runId);
    const plan = planRun(this.planContext(), dag, runAfter, manual, touch);
    const logicalDate = this.logicalDate(ref);
    const context: RunContext = {
      seed: this.seed,
      dag,
      runAfter,
      plan,
      touch,
      knowsAwaitingInput: this.isAtLeast('3.3'),
      marksOnlyOpenTasks: this.isAtLeast('3.0'),
    };
    const facts: RunFacts = {
      ...ref,
      runId,
      runType: this.runType(ref),
      logicalDate,
      dataIntervalStart: manual ? manual.dataIntervalStart : logicalDate,
      dataIntervalEnd: manual
        ? manual.dataIntervalEnd
        : logicalDate && runAfter,
      state: 'queued',
      queuedAt: plan.queuedAt,
      startAt: null,
      endAt: null,
      updatedAt: plan.queuedAt,
      note: touch?.note ? touch.note.text : manual?.note ?? null,
      conf: manual?.conf ?? {},
      user: manual?.user ?? (this.runType(ref) === 'manual' ? 'admin' : null),
      plan,
      context,
    };
    advance(facts, now);
    if (touch) this.applyTouch(facts, touch, now);
    return facts;
  }

  private applyTouch(facts: RunFacts, touch: RunTouch, now: number): void {
    const redo = [...touch.redos].reverse().find(r => r.resetsRun);
    const mark = touch.stateMark;
    const noted = touch.note?.at ?? 0;
    const acted = Math.max(
      redo?.at ?? 0,
      mark?.at ?? 0,
      noted,
      ...[...touch.taskMarks.values()].map(m => m.at),
    );
    if (mark && mark.at >= (redo?.at ?? 0) && mark.state !== 'queued') {
      facts.state = mark.state;
      facts.startAt ??= mark.at;
      facts.endAt = mark.at;
    } else if (redo || mark) {
      const at = Math.max(redo?.at ?? 0, mark?.at ?? 0);
      this.rerun(facts, at, now);
    }
    facts.updatedAt = Math.max(facts.updatedAt, acted);
  }

  /** A run that was queued again ends when its last task does. */
  private rerun(facts: RunFacts, at: number, now: number): void {
    let endAt = at + 2_500;
    const graph = graphOf(facts.dag);
    for (const planned of graph.tasks) {
      const { expanded, count } = mapIndexesOf(facts.context, planned, now);
      // Instances of one task end together closely enough.
      for (const mapIndex of expanded ? [0, count - 1] : [-1]) {
        for (const attempt of attemptsOf(facts.context, planned, mapIndex)) {
          if (attempt.endAt !== Infinity) {
            endAt = Math.max(endAt, attempt.endAt + 400);
          }
        }
      }
    }
    facts.queuedAt = at;
    facts.startAt = null;
    facts.endAt = null;
    facts.state = 'queued';
    facts.updatedAt = at;
    if (now >= at + 1_000) {
      facts.state = 'running';
      facts.startAt = at + 1_000;
      facts.updatedAt = facts.startAt;
    }
    if (now >= endAt) {
      facts.state = this.outcomeOfLeaves(facts, now);
      facts.endAt = endAt;
      facts.updatedAt = endAt;
    }
  }

  private outcomeOfLeaves(facts: RunFacts, now: number): 'success' | 'failed' {
    const leaves = graphOf(facts.dag).tasks.filter(t => t.isLeaf);
    for (const planned of leaves) {
      for (const task of this.tasksOf(facts, planned, now)) {
        if (task.state === 'failed' || task.state === 'upstream_failed') {
          return 'failed';
        }
      }
    }
    return 'success';
  }

  /** The instances of one task of a run, mapped ones one by one. */
  *tasksOf(
    run: RunFacts,
    planned: PlannedTask,
    now: number = this.now(),
  ): IterableIterator<TaskFacts> {
    const { expanded, count } = mapIndexesOf(run.context, planned, now);
    for (let i = 0; i < count; i++) {
      yield taskFacts(run.context, planned, expanded ? i : -1, now);
    }
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
  nextRun(
    dag: DagDefinition,
  ): { runAfter: number; logicalDate: number } | undefined {
    if (!isTimed(dag)) return undefined;
    const now = this.now();
    const context = this.planContext();
    let at = now - this.creationLag(dag);
    for (let i = 0; i < 100_000; i++) {
      const runAfter = this.schedules.next(dag, at);
      if (runAfter === undefined) return undefined;
      const paused = this.isPaused(dag, Math.min(runAfter, now));
      const waiting = !paused && queuedAtOf(context, dag, runAfter) > now;
      if (!this.isFirstInterval(dag, runAfter) && (runAfter > now || waiting)) {
        const logical = this.usesIntervals(dag)
          ? this.schedules.previous(dag, runAfter)
          : runAfter;
        return { runAfter, logicalDate: logical ?? runAfter };
      }
      at = runAfter;
    }
    return undefined;
  }

  /** DAGs whose tasks write one of the assets. */
  producers(uris: readonly string[]): DagDefinition[] {
    return this.definition.dags.filter(d =>
      d.tasks.some(t => t.outlets?.some(o => uris.includes(o))),
    );
  }

  private assetWrites(dag: DagDefinition, from: number, to: number): number[] {
    if (dag.schedule.kind !== 'assets') return [];
    const [producer] = this.producers(dag.schedule.uris.slice(-1));
    if (!producer || producer === dag) return [];
    const writes: number[] = [];
    const refs = [
      ...this.scheduledRefs(producer, from - this.maxSpan(producer), to),
      ...this.manualRefs(producer, from - DAY, to),
    ];
    for (const ref of refs) {
      const run = this.facts(ref);
      const at = run.endAt;
      if (run.state !== 'success' || at === null) continue;
      if (at >= from && at < to) writes.push(at);
    }
    return writes.sort((a, b) => a - b);
  }
}

function advance(facts: RunFacts, now: number): void {
  const { plan } = facts;
  if (now >= plan.startAt) {
    facts.state = 'running';
    facts.startAt = plan.startAt;
    facts.updatedAt = plan.startAt;
  }
  if (now >= plan.endAt) {
    facts.state = plan.outcome;
    facts.endAt = plan.endAt;
    facts.updatedAt = plan.endAt;
  }
}
