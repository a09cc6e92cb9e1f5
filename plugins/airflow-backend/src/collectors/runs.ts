import {
  AirflowError,
  type AirflowClient,
  type CallOptions,
  type ClockReading,
  type Page,
  type RunAt,
  type RunQuery,
} from '../airflow';
import { runs } from '../airflow/areas/runs';
import type {
  ClusterStore,
  RunCheckStore,
  RunProgress,
  RunProgressStore,
  RunStore,
  Sweep,
} from '../store';
import { readOffset, wasSetBack } from './clock';
import { DeletedRuns } from './deletedRuns';
import type { Collected } from './types';

/** What of a cluster its runs are read by. */
export interface ReadCluster {
  name: string;
  client: Pick<AirflowClient, 'info' | 'clock' | 'ask' | 'read'>;
}

interface RunStores {
  clusters: ClusterStore;
  runs: RunStore;
  runChecks: RunCheckStore;
  runProgress: RunProgressStore;
}

/** Transactions take their time; changes of this long before are asked for again. */
const OVERLAP_MS = 2 * 60_000;

/** A deleted run makes no change that Airflow would tell, so all are read again once in a while. */
const SWEEP_EVERY_MS = 24 * 60 * 60_000;

/** So soon a deleted run is noticed; a little less than whole readings, so that none is waited for. */
const COUNT_EVERY_MS = 115_000;

/** The first filling of a large cluster goes on in the next reading, so that changes are seen in between. */
const SWEEP_PAGES = 50;

/** Runs that should have ended or been seen are looked at one by one, a few at each reading. */
const RECHECKS = 10;
const RECHECK_AFTER_MS = 10 * 60_000;

/** One reading of one cluster's runs; what Airflow is asked for is by its own clock. */
class RunReading {
  private readonly now = new Date();
  private offsetMs = 0;
  private skipped = 0;
  private skippedWhy: string | undefined;

  constructor(
    private readonly stores: RunStores,
    private readonly historyMs: number,
    private readonly cluster: ReadCluster,
    private readonly call: CallOptions,
  ) {}

  async read() {
    const { client } = this.cluster;
    // Where the version has to be found out, the answer tells of the clock too.
    await client.info(this.call);
    const clock = client.clock();
    this.offsetMs = await readOffset(this.stores.clusters, this.cluster);
    const stored = await this.stores.runProgress.load(this.cluster.name);
    let progress = stored ?? {
      changedSince: this.now,
      clockOffsetMs: this.offsetMs,
      sweep: this.newSweep(),
      sweptAt: null,
      countedAt: null,
    };
    if (stored) progress = await this.readChanges(progress, clock);
    if (!progress.sweep && this.isSweepDue(progress)) {
      progress = { ...progress, sweep: this.newSweep() };
    }
    if (progress.sweep) progress = await this.sweep(progress, progress.sweep);
    progress = await this.findDeleted(progress);
    await this.recheck(progress);
    return {
      skippedRows: this.skipped,
      skippedWhy: this.skippedWhy,
      complete: progress.sweptAt !== null,
      problem: null,
    };
  }

  /** Once all are stored that Airflow has within the history, it should have as many. */
  private async findDeleted(progress: RunProgress): Promise<RunProgress> {
    const { sweep, sweptAt, countedAt } = progress;
    const sinceMs = this.now.getTime() - (countedAt?.getTime() ?? 0);
    if (sweep || !sweptAt || sinceMs < COUNT_EVERY_MS) return progress;
    const search = new DeletedRuns(
      this.stores,
      this.cluster,
      this.call,
      this.now,
    );
    try {
      await search.search({
        from: this.fromNow(-this.historyMs),
        to: this.fromNow(this.historyMs),
      });
    } catch (error) {
      // Among what Airflow cannot serve nothing is counted; the daily sweep goes around it.
      if (!(error instanceof AirflowError) || !isPoisoned(error)) throw error;
    }
    return this.remember({ ...progress, countedAt: this.now });
  }

  private newSweep(): Sweep {
    return {
      startedAt: this.now,
      from: this.fromNow(-this.historyMs),
      // Runs may be due in the future, as when somebody triggered with a later date.
      reached: this.fromNow(this.historyMs),
      skipped: 0,
    };
  }

  /** By the cluster's clock. */
  private fromNow(ms: number): Date {
    return new Date(this.now.getTime() + this.offsetMs + ms);
  }

  private isSweepDue({ sweptAt }: RunProgress): boolean {
    return (
      sweptAt === null ||
      this.now.getTime() - sweptAt.getTime() >= SWEEP_EVERY_MS
    );
  }

  private async readChanges(
    progress: RunProgress,
    clock: ClockReading | undefined,
  ): Promise<RunProgress> {
    // After a clock was set back, what changes bears earlier moments than what changed before.
    const offsetMs = Math.min(progress.clockOffsetMs, this.offsetMs);
    const updatedFrom = new Date(
      progress.changedSince.getTime() + offsetMs - OVERLAP_MS,
    );
    const pages = this.list({ updatedFrom: updatedFrom.toISOString() });
    for await (const page of pages) {
      this.leftOut(page);
      await this.stores.runs.save(this.cluster.name, page.items, this.now);
    }
    // By a clock that was set back meanwhile, not all changes were asked for.
    if (wasSetBack(clock, this.cluster.client.clock())) return progress;
    return this.remember({
      ...progress,
      changedSince: this.now,
      clockOffsetMs: this.offsetMs,
    });
  }

  /**
   * From new to old, remembered page by page, so that it goes on where it was cut off: the runs of the window, then
   * those for dates before it that changed within it, as backfills do on Airflow 2.
   */
  private async sweep(
    progress: RunProgress,
    begun: Sweep,
  ): Promise<RunProgress> {
    const from = begun.from.toISOString();
    let sweep = begun;
    if (sweep.reached >= begun.from) {
      const window = { runAfterFrom: from };
      const { isCut, reached } = await this.sweepPart(progress, sweep, window);
      sweep = reached;
      if (isCut) return { ...progress, sweep };
      sweep = { ...sweep, reached: new Date(begun.from.getTime() - 1) };
    }
    const older = { updatedFrom: from };
    const { isCut, reached } = await this.sweepPart(progress, sweep, older);
    if (isCut) return { ...progress, sweep: reached };
    return this.remember({
      ...progress,
      sweep: null,
      sweptAt: begun.startedAt,
    });
  }

  private async sweepPart(
    progress: RunProgress,
    begun: Sweep,
    part: RunQuery,
  ): Promise<{ reached: Sweep; isCut: boolean }> {
    let sweep = begun;
    let pagesRead = 0;
    const runAfterTo = begun.reached.toISOString();
    const pages = this.list({ ...part, runAfterTo });
    for await (const page of pages) {
      await this.stores.runs.save(this.cluster.name, page.items, this.now);
      this.leftOut(page);
      pagesRead += 1;
      const oldest = page.items.at(-1)?.runAfter;
      sweep = {
        ...sweep,
        reached: oldest ? new Date(oldest) : sweep.reached,
        skipped: sweep.skipped + page.skipped,
      };
      await this.remember({ ...progress, sweep });
      const hasMoved = sweep.reached < begun.reached;
      if (pagesRead >= SWEEP_PAGES && hasMoved) {
        return { reached: sweep, isCut: true };
      }
    }
    return { reached: sweep, isCut: false };
  }

  /** Looks at runs that no reading has met for long: they may have been deleted in Airflow. */
  private async recheck({ sweep, sweptAt }: RunProgress): Promise<void> {
    const { name } = this.cluster;
    const longAgo = new Date(this.now.getTime() - RECHECK_AFTER_MS);
    const running = await this.stores.runChecks.unfinished(
      name,
      longAgo,
      RECHECKS,
    );
    const missed =
      sweep || !sweptAt
        ? []
        : await this.stores.runChecks.unreadSince(
            name,
            {
              aliveFrom: new Date(
                sweptAt.getTime() + this.offsetMs - this.historyMs,
              ),
              readBefore: sweptAt,
            },
            RECHECKS - running.length,
          );
    for (const run of [...running, ...missed]) await this.readOne(run);
  }

  private async readOne(run: RunAt): Promise<void> {
    const { name, client } = this.cluster;
    try {
      const found = await client.ask(runs, area => area.find(run), this.call);
      if (found) await this.stores.runs.save(name, [found], this.now);
      else await this.stores.runs.remove(name, run);
    } catch (error) {
      if (!(error instanceof AirflowError)) throw error;
      // An Airflow 3 says so of a DAG that there is not.
      if (error.code === 'airflow-not-found') {
        await this.stores.runs.remove(name, run);
      } else if (isPoisoned(error)) {
        this.leftOut({
          skipped: 1,
          why: `${run.dagId} ${run.runId}: ${error.message}`,
        });
      } else {
        throw error;
      }
    }
  }

  private list(query: RunQuery) {
    const { client } = this.cluster;
    return client.read(runs, area => area.list(query), this.call);
  }

  private leftOut({ skipped, why }: Pick<Page<unknown>, 'skipped' | 'why'>) {
    this.skipped += skipped;
    this.skippedWhy ??= why;
  }

  private async remember(progress: RunProgress): Promise<RunProgress> {
    await this.stores.runProgress.save(this.cluster.name, progress);
    return progress;
  }
}

/** Reads what changed, and sweeps over all runs of the history at first and once a day. */
export function runsCollector(
  stores: RunStores,
  options: { historyMs: number },
): (cluster: ReadCluster, call: CallOptions) => Promise<Collected> {
  return async (cluster, call) => {
    const reading = new RunReading(stores, options.historyMs, cluster, call);
    return reading.read();
  };
}

/** One run that Airflow cannot serve must not end the reading of the others. */
function isPoisoned({ code }: AirflowError): boolean {
  return code === 'server-error' || code === 'invalid-response';
}
