import type {
  ClusterDefinition,
  ClusterSimulation,
  RunFacts,
  SandboxControl,
} from 'airflow-sandbox';
import type { Interval } from './Interval';
import { isOvertaken, wrongWith, type RunView, type Wrong } from './truth';

type DagDefinition = ClusterDefinition['dags'][number];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const GRACE_MS = 10 * MINUTE;
/** So many successes decide what is usual, and more. */
const ENOUGH = 40;

/** What is so of a DAG from one look to the next. */
interface Seen {
  /** Since when a run is owed that the scheduler does not make. */
  owedMs?: number;
  /** Since when there is room for another run. */
  freeMs?: number;
  /** Runs that failed when a newer one had succeeded, by when. */
  overtaken: Map<string, number>;
}

/** Looks into simulated Airflows at each step, past all their APIs, and notes what is wrong and from when to when. */
export class Watcher {
  readonly intervals: Interval[] = [];
  private readonly open = new Map<string, Interval>();
  private readonly seen = new Map<string, Seen>();
  /** Of runs that have ended and that nobody touched. */
  private readonly views = new WeakMap<object, RunView>();
  private lastMs: number;

  constructor(
    private readonly control: SandboxControl,
    private readonly clusters: readonly string[],
    fromMs: number,
  ) {
    this.lastMs = fromMs;
  }

  /** @param skewMs - by how much the clock of the Airflows is ahead */
  look(atMs: number, skewMs: number): void {
    for (const cluster of this.clusters) {
      const simulation = this.control.simulation(cluster);
      for (const dag of simulation.dagBag.all()) {
        const about = `${cluster}/${dag.dagId}`;
        const runs = this.runsOf(simulation, dag, atMs + skewMs);
        const wrong = [
          ...wrongWith(dag.dagId, runs, atMs + skewMs),
          ...this.overtaken(about, dag.dagId, runs),
          ...this.missed(about, simulation, dag, atMs + skewMs),
        ].map(one => ({ ...one, sinceMs: one.sinceMs - skewMs }));
        this.note(
          cluster,
          dag.dagId,
          wrong,
          atMs,
          isBeingRedone(simulation, dag, runs),
        );
      }
    }
    this.lastMs = atMs;
  }

  private note(
    cluster: string,
    dagId: string,
    wrong: readonly Wrong[],
    atMs: number,
    isUndecided: boolean,
  ): void {
    const keys = new Set<string>();
    for (const { rule, about, sinceMs } of wrong) {
      const key = `${cluster}/${dagId}/${rule}/${about}`;
      keys.add(key);
      if (this.open.has(key)) continue;
      const fromMs = Math.min(atMs, Math.max(sinceMs, this.lastMs));
      const interval = { cluster, rule, about, fromMs, toMs: Infinity };
      this.open.set(key, interval);
      this.intervals.push(interval);
    }
    if (isUndecided) return;
    for (const [key, interval] of this.open) {
      if (!key.startsWith(`${cluster}/${dagId}/`) || keys.has(key)) continue;
      interval.toMs = atMs;
      this.open.delete(key);
    }
  }

  /** Without the successes of more than three days ago, where there are enough since: who catches up may be for days behind. */
  private runsOf(
    simulation: ClusterSimulation,
    dag: DagDefinition,
    nowMs: number,
  ): RunView[] {
    const { overlay } = simulation;
    const views: RunView[] = [];
    for (const ref of simulation.refs(dag, -Infinity, Infinity)) {
      const known = ref.stored && this.views.get(ref.stored);
      const isTouched =
        overlay.touched(dag.dagId, simulation.runId(ref)) !== undefined;
      const view =
        known && !isTouched
          ? known
          : viewOf(simulation.facts(ref), !simulation.isAtLeast('3.0'));
      if (view.endedMs !== null && ref.stored && !isTouched)
        this.views.set(ref.stored, view);
      views.push(view);
    }
    const recent = views.filter(
      ({ state, dueMs, endedMs }) =>
        state !== 'success' ||
        Math.max(dueMs, endedMs ?? Infinity) > nowMs - 3 * DAY,
    );
    const isSuccess = ({ state }: RunView) => state === 'success';
    if (recent.filter(isSuccess).length < ENOUGH) return views;
    // However long ago it ended, what is for the latest moment stands before who catches up.
    const newest = views
      .filter(isSuccess)
      .reduce((a, b) => (b.dueMs > a.dueMs ? b : a));
    return recent.includes(newest) ? recent : [...recent, newest];
  }

  private overtaken(
    key: string,
    dagId: string,
    runs: readonly RunView[],
  ): Wrong[] {
    const { overtaken } = this.seenOf(key);
    const failed = new Map<string, number>();
    for (const run of runs) {
      const endedMs = run.endedMs ?? 0;
      const wasOvertaken = overtaken.get(run.runId) === endedMs;
      const isNew = endedMs > this.lastMs - DAY && isOvertaken(run, runs);
      if (run.state === 'failed' && (wasOvertaken || isNew))
        failed.set(run.runId, endedMs);
    }
    this.seenOf(key).overtaken = failed;
    return failed.size === 0
      ? []
      : [
          {
            rule: 'older-run-failed',
            about: dagId,
            sinceMs: Math.max(...failed.values()),
          },
        ];
  }

  /** A run that was announced, that nothing holds back, and that is not made. */
  private missed(
    key: string,
    simulation: ClusterSimulation,
    dag: DagDefinition,
    nowMs: number,
  ): Wrong[] {
    const seen = this.seenOf(key);
    const { scheduler, overlay } = simulation;
    const next = scheduler?.announced(dag);
    if (!scheduler?.isOwed(dag)) {
      seen.owedMs = undefined;
      seen.freeMs = undefined;
      return [];
    }
    seen.freeMs ??= nowMs;
    const newestMs = overlay.newestTimed(dag.dagId)?.at ?? 0;
    if (seen.owedMs !== undefined && newestMs >= seen.owedMs)
      seen.owedMs = undefined;
    if (next && next.runAfter <= nowMs) {
      seen.owedMs ??= Math.max(next.runAfter, seen.freeMs);
    } else {
      // What another schedule withdraws, or the end of the DAG, is owed no more.
      seen.owedMs = undefined;
    }
    const { owedMs } = seen;
    return owedMs !== undefined && nowMs >= owedMs + GRACE_MS
      ? [{ rule: 'run-missed', about: dag.dagId, sinceMs: owedMs + GRACE_MS }]
      : [];
  }

  private seenOf(key: string): Seen {
    const seen = this.seen.get(key) ?? { overtaken: new Map() };
    this.seen.set(key, seen);
    return seen;
  }
}

function viewOf(run: RunFacts, isSecond: boolean): RunView {
  const isTimed = run.runType === 'scheduled' || run.runType === 'backfill';
  const { dataIntervalEnd, logicalDate, runAfter } = run;
  const forMs = isSecond
    ? (isTimed ? dataIntervalEnd : null) ?? logicalDate ?? runAfter
    : runAfter;
  return {
    runId: run.runId,
    state: run.state,
    dueMs: Math.min(forMs, run.endAt ?? Infinity),
    queuedMs: run.queuedAt,
    startedMs: run.startAt,
    endedMs: run.endAt,
  };
}

/** Whether a run of the DAG was cleared and has not ended again, so that nothing is proven yet. */
function isBeingRedone(
  { overlay }: ClusterSimulation,
  { dagId }: DagDefinition,
  runs: readonly RunView[],
): boolean {
  return runs.some(
    ({ runId, endedMs }) =>
      endedMs === null &&
      (overlay.touched(dagId, runId)?.redos.length ?? 0) > 0,
  );
}
