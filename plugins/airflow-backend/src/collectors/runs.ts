import { AirflowError, type CallOptions } from '../airflow';
import type { RegisteredCluster } from '../clusters';
import type {
  RunName,
  RunProgress,
  RunProgressStore,
  RunStore,
  Sweep,
} from '../store';
import type { Collector } from './types';

interface RunStores {
  runs: RunStore;
  runProgress: RunProgressStore;
}

/** Clocks differ and transactions take their time; changes of this long before are asked for again. */
const OVERLAP_MS = 2 * 60_000;

/** A deleted run makes no change that Airflow would tell, so all are read again once in a while. */
const SWEEP_EVERY_MS = 24 * 60 * 60_000;

/** The first filling of a large cluster goes on in the next reading, so that changes are seen in between. */
const SWEEP_PAGES = 50;

/** Runs that should have ended or been seen are looked at one by one, a few at each reading. */
const RECHECKS = 10;
const RECHECK_AFTER_MS = 10 * 60_000;

/** One reading of one cluster's runs. */
class RunReading {
  private readonly now = new Date();
  private skipped = 0;

  constructor(
    private readonly stores: RunStores,
    private readonly historyMs: number,
    private readonly cluster: RegisteredCluster,
    private readonly call: CallOptions,
  ) {}

  async read() {
    const stored = await this.stores.runProgress.load(this.cluster.name);
    let progress = stored ?? {
      changedSince: this.now,
      sweep: this.newSweep(),
      sweptAt: null,
    };
    if (stored) progress = await this.readChanges(progress);
    if (!progress.sweep && this.isSweepDue(progress)) {
      progress = { ...progress, sweep: this.newSweep() };
    }
    if (progress.sweep) progress = await this.sweep(progress, progress.sweep);
    await this.recheck(progress);
    return {
      skippedRows: this.skipped,
      complete: progress.sweptAt !== null,
      problem: null,
    };
  }

  private newSweep(): Sweep {
    return {
      startedAt: this.now,
      from: new Date(this.now.getTime() - this.historyMs),
      // Runs may be due in the future, as when somebody triggered with a later date.
      reached: new Date(this.now.getTime() + this.historyMs),
      skipped: 0,
    };
  }

  private isSweepDue({ sweptAt }: RunProgress): boolean {
    return (
      sweptAt === null ||
      this.now.getTime() - sweptAt.getTime() >= SWEEP_EVERY_MS
    );
  }

  private async readChanges(progress: RunProgress): Promise<RunProgress> {
    const updatedFrom = new Date(progress.changedSince.getTime() - OVERLAP_MS);
    const pages = this.cluster.client.runs(
      { updatedFrom: updatedFrom.toISOString() },
      this.call,
    );
    for await (const page of pages) {
      this.skipped += page.skipped;
      await this.stores.runs.save(this.cluster.name, page.items, this.now);
    }
    return this.remember({ ...progress, changedSince: this.now });
  }

  /** From new to old, remembered page by page, so that it goes on where it was cut off. */
  private async sweep(
    progress: RunProgress,
    begun: Sweep,
  ): Promise<RunProgress> {
    let sweep = begun;
    let pagesRead = 0;
    const pages = this.cluster.client.runs(
      {
        runAfterFrom: begun.from.toISOString(),
        runAfterTo: begun.reached.toISOString(),
      },
      this.call,
    );
    for await (const page of pages) {
      await this.stores.runs.save(this.cluster.name, page.items, this.now);
      this.skipped += page.skipped;
      pagesRead += 1;
      const oldest = page.items.at(-1)?.runAfter;
      sweep = {
        ...sweep,
        reached: oldest ? new Date(oldest) : sweep.reached,
        skipped: sweep.skipped + page.skipped,
      };
      await this.remember({ ...progress, sweep });
      const hasMoved = sweep.reached < begun.reached;
      if (pagesRead >= SWEEP_PAGES && hasMoved) return { ...progress, sweep };
    }
    return this.remember({
      ...progress,
      sweep: null,
      sweptAt: begun.startedAt,
    });
  }

  /** Looks at runs that no reading has met for long: they may have been deleted in Airflow. */
  private async recheck({ sweep, sweptAt }: RunProgress): Promise<void> {
    const { name } = this.cluster;
    const longAgo = new Date(this.now.getTime() - RECHECK_AFTER_MS);
    const running = await this.stores.runs.unfinished(name, longAgo, RECHECKS);
    const missed =
      sweep || !sweptAt
        ? []
        : await this.stores.runs.unreadSince(
            name,
            {
              dueFrom: new Date(sweptAt.getTime() - this.historyMs),
              readBefore: sweptAt,
            },
            RECHECKS - running.length,
          );
    for (const run of [...running, ...missed]) await this.readOne(run);
  }

  private async readOne(run: RunName): Promise<void> {
    const { name, client } = this.cluster;
    try {
      const found = await client.run(run.dagId, run.runId, this.call);
      await this.stores.runs.save(name, [found], this.now);
    } catch (error) {
      if (!(error instanceof AirflowError)) throw error;
      if (error.code === 'airflow-not-found') {
        await this.stores.runs.remove(name, run);
      } else if (isPoisoned(error)) {
        this.skipped += 1;
      } else {
        throw error;
      }
    }
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
): Collector {
  return async (cluster, call) => {
    const reading = new RunReading(stores, options.historyMs, cluster, call);
    return reading.read();
  };
}

/** One run that Airflow cannot serve must not end the reading of the others. */
function isPoisoned({ code }: AirflowError): boolean {
  return code === 'server-error' || code === 'invalid-response';
}
