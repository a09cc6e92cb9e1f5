import { setImmediate as nextTurn } from 'node:timers/promises';
import { IANAZone } from 'luxon';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** What was announced is looked at this far back, what is to come this far ahead. */
const WINDOW_MS = 400 * DAY_MS;
/** No zone changes its clock twice within this time and so comes back to where it was. */
const STEP_MS = 14 * DAY_MS;
/** So many zones are looked at in one turn of the event loop. */
const ZONES_A_TURN = 10;

interface Change {
  /** In milliseconds since 1970. */
  atMs: number;
  /** From then on, in milliseconds. */
  offsetMs: number;
}

/** The clock of one or more zones for a year back and ahead. */
export class ZoneClock {
  private constructor(
    /** The zones that have this clock. */
    readonly names: readonly string[],
    private readonly changes: readonly Change[],
  ) {}

  /** The clock of a zone that is known to exist, as seen around a moment. */
  static of(name: string, now: Date): ZoneClock {
    return new ZoneClock([name], changesOf(IANAZone.create(name), now));
  }

  /**
   * One for each way in which clocks go, anywhere in the world.
   *
   * @param usual - names that are to be among those of their clocks; Node knows some by older ones
   */
  static async all(now: Date, usual: readonly string[]): Promise<ZoneClock[]> {
    const byKey = new Map<string, ZoneClock>();
    const names = new Set([...usual, ...Intl.supportedValuesOf('timeZone')]);
    for (const [i, name] of [...names].entries()) {
      if (i % ZONES_A_TURN === 0) await nextTurn();
      const clock = ZoneClock.of(name, now);
      const same = byKey.get(clock.key)?.names ?? [];
      byKey.set(clock.key, new ZoneClock([...same, name], clock.changes));
    }
    return [...byKey.values()];
  }

  /** The same for two clocks that always show the same time. */
  get key(): string {
    return JSON.stringify(this.changes);
  }

  /** How far local time is ahead of UTC, in milliseconds. */
  offsetAt(ms: number): number {
    const last = this.changes.findLast(({ atMs }) => atMs <= ms);
    return (last ?? this.changes[0]).offsetMs;
  }

  /** The spans of unchanged offset between two moments. */
  spans(fromMs: number, toMs: number): Change[] {
    const within = this.changes.filter(
      ({ atMs }) => atMs > fromMs && atMs < toMs,
    );
    return [{ atMs: fromMs, offsetMs: this.offsetAt(fromMs) }, ...within];
  }

  /** What the clock on the wall shows, as if it were UTC. */
  wallAt(ms: number): number {
    return ms + this.offsetAt(ms);
  }

  /**
   * When the clock on the wall shows a time, as Airflow reads it: the second of two such moments, and where the clock
   * leaps over it, as much later as it leaps. (`make_aware` of Airflow's `timezone.py` sets `fold=1`.)
   */
  momentOf(wallMs: number): number {
    const before = this.offsetAt(wallMs - DAY_MS);
    const after = this.offsetAt(wallMs + DAY_MS);
    const late = wallMs - Math.min(before, after);
    const early = wallMs - Math.max(before, after);
    if (this.wallAt(late) === wallMs) return late;
    if (this.wallAt(early) === wallMs) return early;
    return wallMs - before;
  }

  /** The offset a day before, which counts for what the clock leaps over. */
  offsetBefore(ms: number): number {
    return this.offsetAt(ms - DAY_MS);
  }
}

function changesOf(zone: IANAZone, now: Date): Change[] {
  const fromMs = now.getTime() - WINDOW_MS;
  const toMs = now.getTime() + WINDOW_MS;
  const offsetAt = (ms: number) => zone.offset(ms) * MINUTE_MS;
  const changes = [{ atMs: 0, offsetMs: offsetAt(fromMs) }];
  for (let ms = fromMs; ms < toMs; ms += STEP_MS) {
    const offsetMs = offsetAt(ms + STEP_MS);
    if (offsetMs === changes[changes.length - 1].offsetMs) continue;
    changes.push({ atMs: firstWith(offsetMs, ms, offsetAt), offsetMs });
  }
  return changes;
}

/** The minute within a step from which on an offset holds. */
function firstWith(
  offsetMs: number,
  stepMs: number,
  offsetAt: (ms: number) => number,
): number {
  let before = Math.floor(stepMs / MINUTE_MS);
  let since = before + Math.ceil(STEP_MS / MINUTE_MS);
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2);
    if (offsetAt(middle * MINUTE_MS) === offsetMs) since = middle;
    else before = middle;
  }
  return since * MINUTE_MS;
}
