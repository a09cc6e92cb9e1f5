/** When a schedule has runs: the first moment after another, and the last one that is not after it. */
export interface Beats {
  after(at: number): number;
  upTo(at: number): number;
  /** Its runs cover the interval before them and are dated by its start. */
  coversInterval: boolean;
  /** So far apart are those of a `timedelta`, which keep to no clock. */
  stepMs?: number;
  /** For so long after its interval has ended a run is not made. */
  delayMs?: number;
}

/** A run that a scheduler announces, and makes when it is time. */
export interface NextRun {
  logical: number;
  /** The same as the logical date where it covers no interval. */
  intervalEnd: number;
  runAfter: number;
}

/** What a scheduler has to know of a DAG, and what it does with it. */
export interface ScheduledDag {
  version: 2 | 3;
  startedAt: number;
  catchup: boolean;
  maxActiveRuns: number;
  /** Nothing is made that is due after it. */
  endsAt?(): number;
  beats(): Beats | 'continuous';
  /** The end of the interval of the newest scheduled run. */
  lastEnd(): number | undefined;
  /** How many of its runs are queued or running. */
  active(now: number): number;
  make(next: NextRun, now: number): void;
}

/** One DAG as the scheduler and the DAG processor of 2.11.2 and 3.3.2 treat it, as seen there and as their code has it. */
export class DagScheduler {
  private next: NextRun | null = null;
  /** Airflow 2 announces nothing while `max_active_runs` is reached. */
  private isHidden = false;

  constructor(private readonly dag: ScheduledDag) {}

  get announced(): NextRun | null {
    return this.isHidden ? null : this.next;
  }

  isFull(now: number): boolean {
    return this.dag.active(now) >= this.dag.maxActiveRuns;
  }

  /** Makes all that is due and has room. */
  makeDue(now: number): void {
    for (
      let next = this.announced;
      next && next.runAfter <= now && !this.isFull(now);
      next = this.announced
    ) {
      this.dag.make(next, now);
      this.announce(now);
    }
  }

  /** Every parse works it out anew, and so does the scheduler when it has made a run. */
  announce(now: number): void {
    this.isHidden = this.dag.version === 2 && this.isFull(now);
    const beats = this.dag.beats();
    const last = this.dag.lastEnd();
    const next =
      beats === 'continuous'
        ? continuousAfter(last ?? this.dag.startedAt, now)
        : this.nextOf(beats, last, now);
    const isOver = next.runAfter > (this.dag.endsAt?.() ?? Infinity);
    this.next = isOver ? null : next;
  }

  private nextOf(beats: Beats, last: number | undefined, now: number): NextRun {
    const { catchup, startedAt } = this.dag;
    const { stepMs, delayMs = 0, coversInterval } = beats;
    if (stepMs !== undefined) {
      const next = (last ?? startedAt) + stepMs;
      // Without catch-up it is for the moment at which somebody looks, so each parse announces it anew.
      const at = catchup ? next : Math.max(next, now);
      return {
        logical: coversInterval ? at - stepMs : at,
        intervalEnd: at,
        runAfter: at,
      };
    }
    const first = beats.after(last ?? startedAt);
    const end = catchup ? first : Math.max(first, beats.upTo(now - delayMs));
    return {
      logical: coversInterval ? beats.upTo(end - 1) : end,
      intervalEnd: end,
      runAfter: end + delayMs,
    };
  }
}

/** Its interval goes on from the last one to now, so it is announced for now, again and again. No two end as one. */
function continuousAfter(last: number, now: number): NextRun {
  const end = Math.max(now, last + 1);
  return { logical: last, intervalEnd: end, runAfter: end };
}
