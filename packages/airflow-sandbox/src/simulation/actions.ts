import { DagDefinition } from '../fleet/types';
import { ClusterSimulation } from './cluster';
import { RunFacts } from './run';
import { runIdStamp } from './runIds';
import { graphOf, PlannedTask } from './graph';
import { StoredRun, MarkedTaskState } from './overlay';
import { TaskFacts } from './taskFacts';
import { taskKey } from './attempts';

/** What may be said when a run is triggered. */
export interface TriggerRequest {
  runId?: string;
  logicalDate: number | null;
  runAfter?: number;
  dataIntervalStart?: number | null;
  dataIntervalEnd?: number | null;
  conf: Record<string, unknown>;
  note: string | null;
  user: string;
  partitionKey?: string | null;
  runType?: StoredRun['runType'];
}

/** Which task instances a clear or a mark is about. */
export interface TaskSelection {
  taskIds?: ReadonlyArray<string | [string, number]>;
  upstream: boolean;
  downstream: boolean;
  onlyFailed: boolean;
  onlyRunning: boolean;
}

/** What people can do to a cluster, written into its overlay. */
export class Actions {
  constructor(private readonly cluster: ClusterSimulation) {}

  audit(
    event: string,
    owner: string,
    about: { dagId?: string; runId?: string; taskId?: string },
    extra?: unknown,
  ): void {
    this.cluster.overlay.log({
      when: this.cluster.now(),
      event,
      owner,
      dagId: about.dagId ?? null,
      runId: about.runId ?? null,
      taskId: about.taskId ?? null,
      extra: extra === undefined ? null : JSON.stringify(extra),
    });
  }

  trigger(dag: DagDefinition, request: TriggerRequest): RunFacts {
    const at = this.cluster.now();
    const runAfter = request.runAfter ?? request.logicalDate ?? at;
    const run: StoredRun = {
      dagId: dag.dagId,
      runId: request.runId ?? this.freeRunId(dag, runAfter),
      at,
      runAfter,
      logicalDate: request.logicalDate,
      dataIntervalStart: request.dataIntervalStart ?? request.logicalDate,
      dataIntervalEnd: request.dataIntervalEnd ?? request.logicalDate,
      conf: request.conf,
      note: request.note,
      user: request.user,
      partitionKey: request.partitionKey ?? null,
      runType: request.runType ?? 'manual',
      ignoresPause: request.runType === 'backfill',
    };
    this.cluster.overlay.addRun(run);
    return this.cluster.facts({ dag, runAfter, stored: run });
  }

  private freeRunId(dag: DagDefinition, runAfter: number): string {
    for (let at = runAfter; ; at++) {
      const runId = `manual__${runIdStamp(at)}`;
      if (!this.cluster.findRef(dag, runId)) return runId;
    }
  }

  setPaused(dag: DagDefinition, paused: boolean, user: string): void {
    this.cluster.overlay.setPaused(dag.dagId, paused, this.cluster.now());
    this.audit('patch_dag', user, { dagId: dag.dagId }, { is_paused: paused });
  }

  deleteRun({ dag, runId, runAfter }: RunFacts, user: string): void {
    this.cluster.overlay.deleteRun(dag.dagId, runId, runAfter);
    this.audit('delete_dag_run', user, { dagId: dag.dagId, runId });
  }

  /** The task instances of a run that a clear would touch. */
  selectTasks(run: RunFacts, selection: TaskSelection): TaskFacts[] {
    const graph = graphOf(run.dag);
    const wanted = this.wantedKeys(run, selection);
    const found: TaskFacts[] = [];
    for (const task of this.cluster.taskInstances(run)) {
      const { taskId } = task.planned.task;
      if (
        wanted &&
        !wanted.has(taskId) &&
        !wanted.has(taskKey(taskId, task.mapIndex))
      ) {
        continue;
      }
      const failed =
        task.state === 'failed' || task.state === 'upstream_failed';
      if (selection.onlyFailed && !failed) continue;
      if (selection.onlyRunning && task.state !== 'running') continue;
      found.push(task);
    }
    return graph.tasks.length === 0 ? [] : found;
  }

  private wantedKeys(
    run: RunFacts,
    selection: TaskSelection,
  ): Set<string> | undefined {
    if (!selection.taskIds) return undefined;
    const graph = graphOf(run.dag);
    const wanted = new Set<string>();
    for (const item of selection.taskIds) {
      const taskId = typeof item === 'string' ? item : item[0];
      if (!graph.byId.has(taskId)) continue;
      wanted.add(typeof item === 'string' ? item : taskKey(item[0], item[1]));
      if (selection.downstream) {
        graph.descendants(taskId).forEach(id => wanted.add(id));
      }
      if (selection.upstream) {
        graph.ancestors(taskId).forEach(id => wanted.add(id));
      }
    }
    return wanted;
  }

  /** Runs the chosen task instances again; they will succeed. */
  clear(run: RunFacts, tasks: readonly TaskFacts[], resetsRun: boolean): void {
    if (tasks.length === 0) return;
    const touch = this.cluster.overlay.touch(run.dag.dagId, run.runId);
    const open = run.state === 'queued' || run.state === 'running';
    touch.redos.push({
      at: this.cluster.now(),
      keys: new Set(tasks.map(t => taskKey(t.planned.task.taskId, t.mapIndex))),
      resetsRun: resetsRun || open,
    });
  }

  markRun(run: RunFacts, state: 'success' | 'failed' | 'queued'): void {
    const touch = this.cluster.overlay.touch(run.dag.dagId, run.runId);
    touch.stateMark = { state, at: this.cluster.now() };
  }

  /** Runs a whole run again as one of a backfill; without a configuration, with its own. */
  backfill(run: RunFacts, conf: Record<string, unknown> | undefined): void {
    this.clear(run, [...this.cluster.taskInstances(run)], true);
    const touch = this.cluster.overlay.touch(run.dag.dagId, run.runId);
    touch.isBackfilled = true;
    if (conf) touch.conf = conf;
  }

  noteRun(run: RunFacts, text: string | null, user: string): void {
    const touch = this.cluster.overlay.touch(run.dag.dagId, run.runId);
    touch.note = { text, at: this.cluster.now(), user };
  }

  noteTask(run: RunFacts, task: TaskFacts, text: string | null): void {
    const touch = this.cluster.overlay.touch(run.dag.dagId, run.runId);
    const key = taskKey(task.planned.task.taskId, task.mapIndex);
    touch.taskNotes.set(key, { text, at: this.cluster.now() });
  }

  /** The named task instances and their relatives that a mark would change. */
  tasksToMark(
    run: RunFacts,
    selection: Pick<TaskSelection, 'taskIds' | 'upstream' | 'downstream'>,
    state: MarkedTaskState,
  ): TaskFacts[] {
    return this.selectTasks(run, {
      ...selection,
      onlyFailed: false,
      onlyRunning: false,
    }).filter(t => t.state !== state);
  }

  /** Marks task instances; what failed because of them gets another chance. */
  markTasks(
    run: RunFacts,
    tasks: readonly TaskFacts[],
    state: MarkedTaskState,
  ): void {
    const at = this.cluster.now();
    const touch = this.cluster.overlay.touch(run.dag.dagId, run.runId);
    for (const task of tasks) {
      const key = taskKey(task.planned.task.taskId, task.mapIndex);
      touch.taskMarks.set(key, { state, at });
    }
    if (state !== 'success') return;
    const below: TaskFacts[] = [];
    const seen = new Set<string>();
    for (const task of tasks) {
      const ids = graphOf(run.dag).descendants(task.planned.task.taskId);
      ids.forEach(id => seen.add(id));
    }
    for (const id of seen) {
      const planned = graphOf(run.dag).byId.get(id);
      if (planned) below.push(...this.failedOf(run, planned));
    }
    const ended = run.state === 'failed';
    if (below.length > 0) this.clear(run, below, true);
    else if (ended) touch.stateMark = { state: 'queued', at };
  }

  private failedOf(run: RunFacts, planned: PlannedTask): TaskFacts[] {
    return [...this.cluster.tasksOf(run, planned)].filter(
      t => t.state === 'failed' || t.state === 'upstream_failed',
    );
  }

  answer(
    run: RunFacts,
    taskId: string,
    options: string[],
    params: Record<string, unknown>,
    user: string,
  ): void {
    const touch = this.cluster.overlay.touch(run.dag.dagId, run.runId);
    const at = this.cluster.now();
    touch.answers.set(taskId, { at, options, params, user });
  }
}
