import type { DagDefinition } from '../fleet/types';
import { PauseChange } from './pauses';

/** States that a person can give to a task instance. */
export type MarkedTaskState = 'success' | 'failed' | 'skipped';

/** A run that somebody started through the API, or that a scheduler made which lives. */
export interface StoredRun {
  dagId: string;
  runId: string;
  at: number;
  runAfter: number;
  logicalDate: number | null;
  dataIntervalStart: number | null;
  dataIntervalEnd: number | null;
  conf: Record<string, unknown>;
  note: string | null;
  user: string | null;
  partitionKey: string | null;
  runType: 'manual' | 'backfill' | 'scheduled' | 'asset_triggered';
  /** A re-run by a backfill of a DAG that nothing else delays. */
  ignoresPause: boolean;
}

/** Whether people asked for a run. */
export function isByHand({ runType }: StoredRun): boolean {
  return runType === 'manual' || runType === 'backfill';
}

function isNewerTimed(run: StoredRun, other: StoredRun | undefined): boolean {
  const isTimed = run.runType === 'scheduled' || run.runType === 'backfill';
  const end = run.dataIntervalEnd ?? -Infinity;
  return isTimed && end > (other?.dataIntervalEnd ?? -Infinity);
}

/** Tasks (`task`) or mapped instances (`task|3`) that were cleared together. */
export interface Redo {
  at: number;
  keys: Set<string>;
  /** Whether the run was queued again; else its cleared tasks just wait. */
  resetsRun: boolean;
}

/** What people did to one run. */
export interface RunTouch {
  note?: { text: string | null; at: number; user: string };
  /** A backfill has it run again, and it counts as a run of the backfill since. */
  isBackfilled?: boolean;
  /** With what it was started anew. */
  conf?: Record<string, unknown>;
  stateMark?: { state: 'success' | 'failed' | 'queued'; at: number };
  redos: Redo[];
  taskMarks: Map<string, { state: MarkedTaskState; at: number }>;
  taskNotes: Map<string, { text: string | null; at: number }>;
  answers: Map<
    string,
    {
      at: number;
      options: string[];
      params: Record<string, unknown>;
      user: string;
    }
  >;
}

/** A line of the audit log. */
export interface AuditEntry {
  id: number;
  when: number;
  event: string;
  owner: string;
  dagId: string | null;
  runId: string | null;
  taskId: string | null;
  extra: string | null;
}

/** A backfill that somebody asked for (3.x). */
export interface Backfill {
  id: number;
  dagId: string;
  from: number;
  to: number;
  conf: Record<string, unknown>;
  reprocess: string;
  /** The dates that it made or repeated a run for. */
  dates: number[];
  maxActiveRuns: number;
  createdAt: number;
  completedAt: number | null;
  paused: boolean;
}

/** What became of a DAG file: it cannot be imported, or is not there. */
export type FileTrouble =
  | { kind: 'broken'; stackTrace: string; at: number }
  | { kind: 'removed'; at: number; wasBroken: boolean };

/** Which processes of a cluster are dead, and since when. */
export interface ComponentHealth {
  scheduler?: number;
  triggerer?: number;
  dag_processor?: number;
  metadatabase?: number;
}

/**
 * What people did to a cluster since the server started: the only state that
 * is remembered. Everything else is computed from seed, definition and time.
 */
export class Overlay {
  readonly pauses = new Map<string, PauseChange[]>();
  readonly deletedDags = new Map<string, number>();
  readonly deletedRuns = new Map<string, Map<string, number>>();
  readonly storedRuns = new Map<string, Map<string, StoredRun>>();
  /** Of the stored ones those that no scheduler has seen end. */
  readonly openRuns = new Map<string, Set<StoredRun>>();
  readonly touches = new Map<string, Map<string, RunTouch>>();
  readonly audit: AuditEntry[] = [];
  readonly backfills: Backfill[] = [];
  readonly favorites = new Set<string>();
  /** Spans in which the scheduler was dead and has come back. */
  readonly schedulerGaps: Array<{ from: number; to: number }> = [];
  dead: ComponentHealth = {};
  /** DAGs whose file was changed since, as it is now. */
  readonly changedDags = new Map<string, DagDefinition>();
  /** DAGs that the scheduler passes over, as one that it does not find among the serialized ones. */
  readonly passedOver = new Set<string>();
  /** Of people whose password is another than the one that they are known by. */
  readonly passwords = new Map<string, string>();
  /** By path below the DAG folder. */
  readonly files = new Map<string, FileTrouble>();
  /** Whether the lists of DAGs and import errors are empty, as if the DAG processor had begun anew. */
  isEmptied = false;
  /** Grows with every change, so that caches know when they are old. */
  revision = 0;
  private readonly newest = new Map<string, StoredRun>();

  touch(dagId: string, runId: string): RunTouch {
    this.revision++;
    let ofDag = this.touches.get(dagId);
    if (!ofDag) {
      ofDag = new Map();
      this.touches.set(dagId, ofDag);
    }
    let touch = ofDag.get(runId);
    if (!touch) {
      touch = {
        redos: [],
        taskMarks: new Map(),
        taskNotes: new Map(),
        answers: new Map(),
      };
      ofDag.set(runId, touch);
    }
    return touch;
  }

  touched(dagId: string, runId: string): RunTouch | undefined {
    return this.touches.get(dagId)?.get(runId);
  }

  addRun(run: StoredRun): void {
    this.revision++;
    const ofDag =
      this.storedRuns.get(run.dagId) ?? new Map<string, StoredRun>();
    ofDag.set(run.runId, run);
    this.storedRuns.set(run.dagId, ofDag);
    const open = this.openRuns.get(run.dagId) ?? new Set<StoredRun>();
    this.openRuns.set(run.dagId, open.add(run));
    if (isNewerTimed(run, this.newest.get(run.dagId)))
      this.newest.set(run.dagId, run);
  }

  /** The newest run of a schedule, from which the next one is worked out. */
  newestTimed(dagId: string): StoredRun | undefined {
    const known = this.newest.get(dagId);
    if (known) return known;
    let newest: StoredRun | undefined;
    for (const run of this.storedRuns.get(dagId)?.values() ?? []) {
      if (isNewerTimed(run, newest)) newest = run;
    }
    if (newest) this.newest.set(dagId, newest);
    return newest;
  }

  deleteRun(dagId: string, runId: string, runAfter: number): void {
    this.revision++;
    this.touches.get(dagId)?.delete(runId);
    this.newest.delete(dagId);
    const stored = this.storedRuns.get(dagId)?.get(runId);
    if (stored) this.openRuns.get(dagId)?.delete(stored);
    if (this.storedRuns.get(dagId)?.delete(runId)) return;
    const deleted = this.deletedRuns.get(dagId) ?? new Map<string, number>();
    deleted.set(runId, runAfter);
    this.deletedRuns.set(dagId, deleted);
  }

  isRunDeleted(dagId: string, runId: string): boolean {
    return this.deletedRuns.get(dagId)?.has(runId) ?? false;
  }

  setPaused(dagId: string, paused: boolean, at: number): void {
    this.revision++;
    const pauses = this.pauses.get(dagId) ?? [];
    pauses.push({ at, paused });
    this.pauses.set(dagId, pauses);
  }

  deleteDag(dagId: string, at: number): void {
    this.revision++;
    this.deletedDags.set(dagId, at);
    this.storedRuns.delete(dagId);
    this.openRuns.delete(dagId);
    this.newest.delete(dagId);
    this.touches.delete(dagId);
    this.deletedRuns.delete(dagId);
  }

  breakFile(file: string, stackTrace: string, at: number): void {
    this.revision++;
    this.files.set(file, { kind: 'broken', stackTrace, at });
  }

  removeFile(file: string, at: number): void {
    this.revision++;
    const wasBroken = this.files.get(file)?.kind === 'broken';
    this.files.set(file, { kind: 'removed', at, wasBroken });
  }

  mendFile(file: string): void {
    this.revision++;
    this.files.delete(file);
  }

  log(entry: Omit<AuditEntry, 'id'>): void {
    this.audit.push({ id: this.audit.length + 1, ...entry });
  }

  setComponent(
    component: keyof ComponentHealth,
    deadSince: number | null,
    now: number,
  ): void {
    this.revision++;
    const before = this.dead[component];
    if (deadSince === null) {
      if (component === 'scheduler' && before !== undefined) {
        this.schedulerGaps.push({ from: before, to: now });
      }
      delete this.dead[component];
    } else {
      this.dead[component] = deadSince;
    }
  }
}
