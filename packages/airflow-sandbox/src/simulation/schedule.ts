import { DagDefinition } from '../fleet/types';
import { cronFiresOfDay, DAY, HOUR } from './cron';
import { hashText, mix, unit } from './random';

/** Tells when a producing DAG's runs wrote an asset, for asset schedules. */
export type AssetWrites = (
  dag: DagDefinition,
  from: number,
  to: number,
) => number[];

/** How far to look for a neighbouring fire, in days: near first. */
const SEARCH_DAYS = [1, 4, 16, 64, 400];
const dagHashes = new WeakMap<DagDefinition, number>();

/** A DAG's own share of the seed. */
export function dagHash(dag: DagDefinition): number {
  let hash = dagHashes.get(dag);
  if (hash === undefined) {
    hash = hashText(dag.dagId);
    dagHashes.set(dag, hash);
  }
  return hash;
}

export function utcDay(at: number): number {
  return Math.floor(at / DAY) * DAY;
}

/** First index whose value is at least `value`. */
function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The instants at which a DAG's schedule fires, for any window, in order. */
export class DagSchedules {
  constructor(
    private readonly seed: number,
    private readonly assetWrites: AssetWrites,
  ) {}

  /** Fires in [from, to). */
  fires(dag: DagDefinition, from: number, to: number): number[] {
    const begin = Math.max(from, dag.startDate);
    const { schedule } = dag;
    if (begin >= to) return [];
    if (schedule.kind === 'interval' || schedule.kind === 'continuous') {
      const step = schedule.seconds * 1000;
      const result = [];
      const first = Math.ceil((begin - dag.startDate) / step);
      for (let at = dag.startDate + first * step; at < to; at += step) {
        result.push(at);
      }
      return result;
    }
    if (schedule.kind === 'assets') return this.assetWrites(dag, begin, to);
    const result: number[] = [];
    for (let day = utcDay(begin); day < to; day += DAY) {
      const ofDay = this.firesOfDay(dag, day);
      const start = lowerBound(ofDay, begin);
      const end = lowerBound(ofDay, to);
      for (let i = start; i < end; i++) result.push(ofDay[i]);
    }
    return result;
  }

  /** How many fires [from, to) holds, without listing them where possible. */
  count(dag: DagDefinition, from: number, to: number): number {
    const begin = Math.max(from, dag.startDate);
    const { schedule } = dag;
    if (begin >= to) return 0;
    if (schedule.kind === 'interval' || schedule.kind === 'continuous') {
      const step = schedule.seconds * 1000;
      return (
        Math.ceil((to - dag.startDate) / step) -
        Math.ceil((begin - dag.startDate) / step)
      );
    }
    if (schedule.kind === 'assets') {
      return this.assetWrites(dag, begin, to).length;
    }
    let total = 0;
    for (let day = utcDay(begin); day < to; day += DAY) {
      const ofDay = this.firesOfDay(dag, day);
      const whole = day >= begin && day + DAY <= to;
      total += whole
        ? ofDay.length
        : lowerBound(ofDay, to) - lowerBound(ofDay, begin);
    }
    return total;
  }

  /** The first fire after `at`, if any is foreseeable. */
  next(dag: DagDefinition, at: number): number | undefined {
    if (!isTimed(dag)) return undefined;
    const after = Math.max(at + 1, dag.startDate);
    for (const span of SEARCH_DAYS) {
      const [first] = this.fires(dag, after, after + span * DAY);
      if (first !== undefined) return first;
    }
    return undefined;
  }

  /** The last fire before `at`. */
  previous(dag: DagDefinition, at: number): number | undefined {
    for (const span of SEARCH_DAYS) {
      const found = this.fires(dag, at - span * DAY, at);
      if (found.length > 0) return found[found.length - 1];
      if (at - span * DAY < dag.startDate) return undefined;
    }
    return undefined;
  }

  private firesOfDay(dag: DagDefinition, day: number): readonly number[] {
    const { schedule } = dag;
    if (schedule.kind === 'cron') {
      return cronFiresOfDay(schedule.expression, schedule.timezone, day);
    }
    return schedule.kind === 'none'
      ? this.handStartsOfDay(dag, day, schedule.manualPerDay)
      : [];
  }

  /** People start unscheduled DAGs in working hours. */
  private handStartsOfDay(
    dag: DagDefinition,
    day: number,
    perDay: number,
  ): number[] {
    const hash = dagHash(dag);
    const extra = unit(this.seed, hash, day, 1) < perDay % 1 ? 1 : 0;
    const result = [];
    for (let i = 0; i < Math.floor(perDay) + extra; i++) {
      const offset = mix(this.seed, hash, day, 2, i) % (11 * HOUR);
      result.push(day + 7 * HOUR + offset);
    }
    return result.sort((a, b) => a - b);
  }
}

/** Whether Airflow can announce the next run. */
export function isTimed(dag: DagDefinition): boolean {
  return isPeriodic(dag) || dag.schedule.kind === 'continuous';
}

/** Whether the schedule names dates, those behind among them. */
export function isPeriodic({ schedule }: DagDefinition): boolean {
  return schedule.kind === 'cron' || schedule.kind === 'interval';
}

/** Whether runs of the DAG may cover the interval before them. */
export function hasIntervals(dag: DagDefinition): boolean {
  return (
    dag.schedule.kind === 'interval' ||
    (dag.schedule.kind === 'cron' && !dag.schedule.timetable)
  );
}
