import type {
  DagRunType,
  Instant,
  Schedule,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { DagScheduler, type Beats, type NextRun } from 'airflow-sandbox';
import type { AirflowDag, AirflowRun } from '../airflow';
import { aDag, aRun } from './rows';

const MINUTE = 60_000;
const SECOND = 1_000;

/** A schedule as both its DAG and its runs have it; what its runs cover goes by the version. */
export interface DagBeats extends Omit<Beats, 'coversInterval'> {
  schedule: Schedule;
}

/** Such as every 10 minutes, or hourly at 7 past. */
export function everyMinutes(step: number, past = 0): DagBeats {
  const stepMs = step * MINUTE;
  const pastMs = past * MINUTE;
  const upTo = (at: number) =>
    Math.floor((at - pastMs) / stepMs) * stepMs + pastMs;
  const minutes = step === 60 ? `${past}` : `*/${step}`;
  return {
    schedule: {
      kind: step <= 60 ? 'cron' : 'other',
      expression: step <= 60 ? `${minutes} * * * *` : 'own timetable',
      description: null,
    },
    upTo,
    after: at => upTo(at) + stepMs,
  };
}

/** A `timedelta`. */
export function everyDelta(hours: number): DagBeats {
  return {
    ...everyMinutes(hours * 60),
    stepMs: hours * 60 * MINUTE,
    schedule: {
      kind: 'interval',
      expression: `${hours}:00:00`,
      description: null,
    },
  };
}

/** What can be so of a DAG and of the Airflow that runs it. */
export interface ModelOptions {
  version: 2 | 3;
  beats: DagBeats | 'continuous';
  catchup: boolean;
  maxActiveRuns: number;
  /** How long the run takes that is made then. */
  tookMs(runAfter: number): number;
}

interface Made extends NextRun {
  type: DagRunType;
  cameAt: number;
  endsAt: number;
}

/** One DAG of a real Airflow, 2.11.2 or 3.3.2: what is announced, and which runs are made. */
export class ModelAirflow {
  paused = false;
  schedulerLives = true;
  processorLives = true;
  /** Whether it can be read. */
  webServerLives = true;
  /** How far its clock is ahead, where that is measured. */
  clockMs: number | null = null;
  endsAt = Infinity;
  readonly made: Made[] = [];
  /** As its file says now. */
  beats: ModelOptions['beats'];
  /** The schedule that what is announced comes from. */
  announcedBy: ModelOptions['beats'];
  private readonly scheduler: DagScheduler;
  /** A clock that is set back undoes nothing. */
  private reached = -Infinity;

  constructor(private readonly options: ModelOptions, startedAt: number) {
    this.beats = options.beats;
    this.announcedBy = options.beats;
    const { version, catchup, maxActiveRuns } = options;
    this.scheduler = new DagScheduler({
      version,
      catchup,
      maxActiveRuns,
      startedAt,
      endsAt: () => this.endsAt,
      beats: () =>
        this.beats === 'continuous'
          ? this.beats
          : {
              ...this.beats,
              coversInterval: version === 2 || Boolean(this.beats.delayMs),
            },
      lastEnd: () =>
        this.made.filter(({ type }) => type === 'scheduled').at(-1)
          ?.intervalEnd,
      active: now => this.active(now),
      make: (next, now) => this.make(next, now),
    });
  }

  /** What happens in the moment, in the order of a busy Airflow. */
  tick(now: number): void {
    this.reached = Math.max(this.reached, now);
    if (this.processorLives) {
      this.scheduler.announce(now);
      this.announcedBy = this.beats;
    }
    if (this.schedulerLives && !this.paused) this.scheduler.makeDue(now);
  }

  /** Somebody starts a run, which takes its place among those that may be under way. */
  trigger(now: number, tookMs: number): void {
    this.made.push({
      logical: now + 1,
      intervalEnd: now + 1,
      runAfter: now + 1,
      type: 'manual',
      cameAt: now,
      endsAt: now + tookMs,
    });
  }

  /** Whether the run that is announced is due and has room. */
  isOwed(now: number): boolean {
    const { announced } = this.scheduler;
    return announced !== null && announced.runAfter <= now && !this.isFull(now);
  }

  isFull(now: number): boolean {
    return this.scheduler.isFull(now);
  }

  dag(dagId: string): AirflowDag {
    const next = this.scheduler.announced;
    const iso = (at: number | null | undefined) =>
      typeof at !== 'number' ? null : new Date(at).toISOString();
    return aDag(dagId, {
      paused: this.paused,
      maxActiveRuns: this.options.maxActiveRuns,
      schedule:
        this.beats === 'continuous'
          ? { kind: 'continuous', expression: '@continuous', description: null }
          : this.beats.schedule,
      nextRunAt: iso(next?.runAfter),
      nextRun: {
        logicalDate: iso(next?.logical),
        dueAt: iso(next && this.dueAtOf(next)),
      },
    });
  }

  runs(dagId: string, now: number): AirflowRun[] {
    const at = Math.max(now, this.reached);
    return this.made
      .filter(({ cameAt }) => cameAt <= at)
      .map(run => this.toRun(dagId, run, at));
  }

  private toRun(dagId: string, run: Made, now: number): AirflowRun {
    const iso = (at: number): Instant => new Date(at).toISOString();
    const isV2 = this.options.version === 2;
    const isOver = run.endsAt <= now;
    return aRun(dagId, iso(run.runAfter), {
      runId: `${run.type}__${iso(run.logical)}`,
      type: run.type,
      state: isOver ? 'success' : 'running',
      logicalDate: iso(run.logical),
      runAfter: iso(isV2 ? run.logical : run.runAfter),
      dueAt: iso(this.dueAtOf(run)),
      queuedAt: isV2 ? null : iso(run.cameAt),
      startedAt: iso(run.cameAt),
      endedAt: isOver ? iso(run.endsAt) : null,
      durationMs: isOver ? run.endsAt - run.cameAt : null,
    });
  }

  /** 2.x knows a run by the end of its interval, 3.x by when it may come. */
  private dueAtOf({ intervalEnd, runAfter }: NextRun): number {
    return this.options.version === 2 ? intervalEnd : runAfter;
  }

  private active(now: number): number {
    const at = Math.max(now, this.reached);
    return this.made.filter(run => run.cameAt <= at && run.endsAt > at).length;
  }

  private make(next: NextRun, now: number): void {
    this.announcedBy = this.beats;
    const cameAt = now + 2 * SECOND;
    this.made.push({
      ...next,
      type: 'scheduled',
      cameAt: now,
      endsAt: cameAt + this.options.tookMs(next.runAfter),
    });
  }
}
