import { DagDefinition } from '../fleet/types';
import { ClusterSimulation } from './cluster';
import { DAY } from './cron';
import { Range } from './range';
import { RunFacts, RunRef } from './run';
import { utcDay } from './schedule';

/** What a history is ordered by: 2.x by logical date, 3.x by `run_after`. */
type Axis = 'run_after' | 'logical_date';

interface Entry {
  ref: RunRef;
  key: number;
}

interface CachedDay {
  day: number;
  axis: Axis;
  revision: number;
  dags: readonly DagDefinition[];
  entries: Entry[];
}

/** Which runs of a history are wanted, by nothing but time. */
interface DaysQuery {
  dags: readonly DagDefinition[];
  range: Range;
  descending: boolean;
  tiesTurned?: boolean;
  offset: number;
  limit: number;
}

/** Pages through the runs of a cluster day by day, so that no history is ever listed whole. */
export class RunDays {
  private recentDays: CachedDay[] = [];

  constructor(private readonly cluster: ClusterSimulation) {}

  /** One page in order of the axis, and how many runs there are in all. */
  page(query: DaysQuery, axis: Axis): { runs: RunFacts[]; total: number } {
    const { dags, range, descending, limit } = query;
    const now = this.cluster.now();
    const first = Math.min(now, ...dags.map(d => d.startDate));
    const from = Math.max(range.from ?? -Infinity, first);
    let last = now + 1;
    for (const dag of dags) {
      for (const run of this.cluster.storedRefs(dag, last, Infinity)) {
        last = run.runAfter + 1;
      }
    }
    const to = Math.min(range.to ?? Infinity, last);
    if (dags.length === 0 || from >= to) return { runs: [], total: 0 };
    const total = this.count(dags, axis, from, to);
    const turned = query.tiesTurned === true && total > limit;
    const refs: RunRef[] = [];
    let skip = query.offset;
    const days: number[] = [];
    for (let day = utcDay(from); day < to; day += DAY) days.push(day);
    if (descending) days.reverse();
    for (const day of days) {
      if (refs.length >= limit || query.offset >= total) break;
      if (skip > 0) {
        const begin = Math.max(day, from);
        const size = this.count(dags, axis, begin, Math.min(day + DAY, to));
        if (skip >= size) {
          skip -= size;
          continue;
        }
      }
      const entries = this.day(dags, axis, day, from, to);
      const ordered = inOrder(entries, descending, turned);
      refs.push(
        ...ordered.slice(skip, skip + limit - refs.length).map(e => e.ref),
      );
      skip = 0;
    }
    return { runs: refs.map(r => this.cluster.facts(r)), total };
  }

  private entriesOf(
    dag: DagDefinition,
    axis: Axis,
    from: number,
    to: number,
  ): RunRef[] {
    const [a, b] = this.window(dag, axis, from, to);
    return [
      ...this.cluster.scheduledRefs(dag, a, b),
      ...this.cluster.storedRefs(dag, from, to),
    ];
  }

  /** The span of `run_after` that holds the runs of a span of the axis. */
  private window(
    dag: DagDefinition,
    axis: Axis,
    from: number,
    to: number,
  ): [number, number] {
    if (axis === 'run_after' || !this.cluster.usesIntervals(dag)) {
      return [from, to];
    }
    const { schedules } = this.cluster;
    const first = schedules.next(dag, Math.max(from, dag.startDate) - 1);
    const last = schedules.previous(dag, to);
    if (first === undefined || last === undefined || last < first) {
      return [0, 0];
    }
    const begin = schedules.next(dag, first);
    const end = schedules.next(dag, last);
    if (begin === undefined || end === undefined) return [0, 0];
    return [begin, end + 1];
  }

  private count(
    dags: readonly DagDefinition[],
    axis: Axis,
    from: number,
    to: number,
  ): number {
    let total = 0;
    for (const dag of dags) {
      const [a, b] = this.window(dag, axis, from, to);
      total += this.cluster.countScheduled(dag, a, b);
      total += this.cluster.storedRefs(dag, from, to).length;
    }
    return total;
  }

  /** Runs of one UTC day in order of `run_after`, then of the DAG list. */
  private day(
    dags: readonly DagDefinition[],
    axis: Axis,
    day: number,
    from: number,
    to: number,
  ): Entry[] {
    const whole = from <= day && to >= day + DAY;
    const { revision } = this.cluster.overlay;
    // Only a day that is over, and seen whole, can be kept for the next page.
    const settled = whole && day + 2 * DAY < this.cluster.now();
    const cached = this.recentDays.find(
      c =>
        c.day === day &&
        c.axis === axis &&
        c.revision === revision &&
        c.dags.length === dags.length &&
        c.dags.every((d, i) => d === dags[i]),
    );
    if (settled && cached) return cached.entries;
    const entries: Entry[] = [];
    for (const dag of dags) {
      const begin = Math.max(day, from);
      const end = Math.min(day + DAY, to);
      for (const ref of this.entriesOf(dag, axis, begin, end)) {
        const key =
          axis === 'run_after' ? ref.runAfter : this.cluster.logicalDate(ref);
        entries.push({ ref, key: key ?? ref.runAfter });
      }
    }
    entries.sort((a, b) => a.key - b.key);
    if (settled) {
      const entry = { day, axis, revision, dags: [...dags], entries };
      this.recentDays = [entry, ...this.recentDays].slice(0, 3);
    }
    return entries;
  }
}

/** Entries sorted by their key; what shares one is in the order of the list, or the other way round. */
function inOrder(
  entries: readonly Entry[],
  descending: boolean,
  turned: boolean,
): Entry[] {
  const tiesReversed = descending !== turned;
  const listed = tiesReversed ? [...entries].reverse() : [...entries];
  return descending === tiesReversed
    ? listed
    : listed.sort((a, b) => (descending ? b.key - a.key : a.key - b.key));
}
