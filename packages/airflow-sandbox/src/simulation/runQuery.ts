import { DagDefinition } from '../fleet/types';
import { ClusterSimulation } from './cluster';
import { isByHand } from './overlay';
import { inRange, Range } from './range';
import { RunFacts, RunRef } from './run';
import { RunDays } from './runDays';
import { compareValues, RunSortKey, sortValue } from './runSort';
import { major } from './version';

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
  /** What shares a date comes the other way round, where there is more of the list than a page. */
  tiesTurned?: boolean;
  offset: number;
  limit: number;
}

const OPEN_STATES = new Set(['queued', 'running']);

/** Answers lists of runs for one cluster without keeping its history. */
export class RunQueries {
  private readonly days: RunDays;

  constructor(private readonly cluster: ClusterSimulation) {
    this.days = new RunDays(cluster);
  }

  /** One page, and how many runs match in all. */
  list(query: RunQuery): { runs: RunFacts[]; total: number } {
    const byTimeOnly =
      !this.cluster.scheduler &&
      !query.startDate &&
      !query.endDate &&
      !query.updatedAt &&
      !query.states &&
      !query.where;
    if (byTimeOnly && query.sort === 'run_after' && !query.logicalDate) {
      return this.days.page(
        { ...query, range: query.runAfter ?? {} },
        'run_after',
      );
    }
    if (
      byTimeOnly &&
      query.sort === 'logical_date' &&
      !query.runAfter &&
      major(this.cluster.version) < 3
    ) {
      return this.days.page(
        { ...query, range: query.logicalDate ?? {} },
        'logical_date',
      );
    }
    return this.pageByScan(query);
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
      const refs = this.cluster.refs(dag, from, to);
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
    const stored = this.cluster.overlay.storedRuns.get(dag.dagId);
    for (const run of stored?.values() ?? []) {
      const isOver = !isByHand(run) && run.at < from;
      if (run.runAfter < from && !isOver && !touches?.has(run.runId)) {
        refs.push({ dag, runAfter: run.runAfter, stored: run });
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
