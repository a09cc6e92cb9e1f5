import { DagDefinition } from '../fleet/types';
import { ClusterSimulation } from './cluster';
import { inRange, Range } from './range';
import { RunFacts, RunRef } from './run';
import { major } from './version';
import { DAY } from './cron';
import { utcDay } from './schedule';

/** What a list of runs is asked for. */
export interface RunQuery {
  dags: readonly DagDefinition[];
  /** Window of `run_after`. */
  runAfter?: Range;
  logicalDate?: Range;
  startDate?: Range;
  endDate?: Range;
  updatedAt?: Range;
  states?: ReadonlySet<string>;
  /** Any other condition on a run. */
  where?: (run: RunFacts) => boolean;
  sort: RunSortKey;
  descending: boolean;
  offset: number;
  limit: number;
}

export type RunSortKey =
  | 'run_after'
  | 'logical_date'
  | 'start_date'
  | 'end_date'
  | 'updated_at'
  | 'queued_at'
  | 'duration'
  | 'state'
  | 'dag_id'
  | 'run_id'
  | 'run_type'
  | 'id';

const OPEN_STATES = new Set(['queued', 'running']);

function sortValue(run: RunFacts, key: RunSortKey): number | string | null {
  switch (key) {
    case 'logical_date':
      return run.logicalDate;
    case 'start_date':
      return run.startAt;
    case 'end_date':
      return run.endAt;
    case 'updated_at':
      return run.updatedAt;
    case 'queued_at':
      return run.queuedAt;
    case 'duration':
      return run.endAt !== null && run.startAt !== null
        ? run.endAt - run.startAt
        : null;
    case 'state':
      return run.state;
    case 'dag_id':
      return run.dag.dagId;
    case 'run_id':
      return run.runId;
    case 'run_type':
      return run.runType;
    case 'id':
      return run.queuedAt;
    default:
      return run.runAfter;
  }
}

/** Nulls last when ascending, as PostgreSQL sorts. */
export function compareValues(
  a: number | string | null,
  b: number | string | null,
): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

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

/** Answers lists of runs for one cluster without keeping its history. */
export class RunQueries {
  private recentDays: CachedDay[] = [];

  constructor(private readonly cluster: ClusterSimulation) {}

  /** One page, and how many runs match in all. */
  list(query: RunQuery): { runs: RunFacts[]; total: number } {
    const byTimeOnly =
      !query.startDate &&
      !query.endDate &&
      !query.updatedAt &&
      !query.states &&
      !query.where;
    if (byTimeOnly && query.sort === 'run_after' && !query.logicalDate) {
      return this.pageByDays(query, 'run_after', query.runAfter ?? {});
    }
    if (
      byTimeOnly &&
      query.sort === 'logical_date' &&
      !query.runAfter &&
      major(this.cluster.version) < 3
    ) {
      return this.pageByDays(query, 'logical_date', query.logicalDate ?? {});
    }
    return this.pageByScan(query);
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
      ...this.cluster.manualRefs(dag, from, to),
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
      total += this.cluster.manualRefs(dag, from, to).length;
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

  private pageByDays(
    query: RunQuery,
    axis: Axis,
    range: Range,
  ): { runs: RunFacts[]; total: number } {
    const { dags, descending, limit } = query;
    const now = this.cluster.now();
    const first = Math.min(now, ...dags.map(d => d.startDate));
    const from = Math.max(range.from ?? -Infinity, first);
    let last = now + 1;
    for (const dag of dags) {
      for (const run of this.cluster.manualRefs(dag, last, Infinity)) {
        last = run.runAfter + 1;
      }
    }
    const to = Math.min(range.to ?? Infinity, last);
    if (dags.length === 0 || from >= to) return { runs: [], total: 0 };
    const total = this.count(dags, axis, from, to);
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
      const ordered = descending ? [...entries].reverse() : entries;
      refs.push(
        ...ordered.slice(skip, skip + limit - refs.length).map(e => e.ref),
      );
      skip = 0;
    }
    return { runs: refs.map(r => this.cluster.facts(r)), total };
  }

  private pageByScan(query: RunQuery): { runs: RunFacts[]; total: number } {
    const found = this.scan(query);
    const direction = query.descending ? -1 : 1;
    const keyed = found.map(run => ({ run, key: sortValue(run, query.sort) }));
    keyed.sort(
      (a, b) =>
        direction *
        (compareValues(a.key, b.key) ||
          a.run.runAfter - b.run.runAfter ||
          compareValues(a.run.dag.dagId, b.run.dag.dagId)),
    );
    return {
      runs: keyed
        .slice(query.offset, query.offset + query.limit)
        .map(k => k.run),
      total: found.length,
    };
  }

  /** Every run that matches, in no order. */
  scan(
    query: Omit<RunQuery, 'sort' | 'descending' | 'offset' | 'limit'>,
  ): RunFacts[] {
    const found: RunFacts[] = [];
    for (const dag of query.dags) {
      const { from, to } = this.windowOf(dag, query);
      const refs = this.entriesOf(dag, 'run_after', from, to);
      for (const ref of [...refs, ...this.touchedBefore(dag, from)]) {
        const run = this.cluster.facts(ref);
        if (matches(run, query)) found.push(run);
      }
    }
    return found;
  }

  /** The `run_after` window in which anything asked for must lie. */
  private windowOf(
    dag: DagDefinition,
    query: Pick<
      RunQuery,
      | 'runAfter'
      | 'logicalDate'
      | 'startDate'
      | 'endDate'
      | 'updatedAt'
      | 'states'
    >,
  ): { from: number; to: number } {
    const span = this.cluster.maxSpan(dag);
    const { states } = query;
    const onlyOpen =
      states && states.size > 0 && [...states].every(s => OPEN_STATES.has(s));
    const from = Math.max(
      query.runAfter?.from ?? -Infinity,
      query.logicalDate?.from ?? -Infinity,
      (query.startDate?.from ?? -Infinity) - span,
      (query.endDate?.from ?? -Infinity) - span,
      (query.updatedAt?.from ?? -Infinity) - span,
      onlyOpen ? this.cluster.now() - span : -Infinity,
      dag.startDate,
    );
    const to = Math.min(
      query.runAfter?.to ?? Infinity,
      query.startDate?.to ?? Infinity,
      query.endDate?.to ?? Infinity,
      // A run can be acted on at any time, so `updated_at` bounds nothing here.
      Infinity,
    );
    return { from, to };
  }

  /** Older runs that somebody acted on, which no time window would find. */
  private touchedBefore(dag: DagDefinition, from: number): RunRef[] {
    const refs: RunRef[] = [];
    const touches = this.cluster.overlay.touches.get(dag.dagId);
    for (const runId of touches?.keys() ?? []) {
      const ref = this.cluster.findRef(dag, runId);
      if (ref && ref.runAfter < from) refs.push(ref);
    }
    const manual = this.cluster.overlay.manualRuns.get(dag.dagId);
    for (const run of manual?.values() ?? []) {
      if (run.runAfter < from && !touches?.has(run.runId)) {
        refs.push({ dag, runAfter: run.runAfter, manual: run });
      }
    }
    return refs;
  }
}

function matches(
  run: RunFacts,
  query: Omit<RunQuery, 'sort' | 'descending' | 'offset' | 'limit' | 'dags'>,
): boolean {
  return (
    inRange(run.runAfter, query.runAfter) &&
    inRange(run.logicalDate, query.logicalDate) &&
    inRange(run.startAt, query.startDate) &&
    inRange(run.endAt, query.endDate) &&
    inRange(run.updatedAt, query.updatedAt) &&
    (!query.states || query.states.has(run.state)) &&
    (!query.where || query.where(run))
  );
}
