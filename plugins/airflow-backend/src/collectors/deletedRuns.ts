import { AirflowError, type AirflowClient, type CallOptions } from '../airflow';
import { dags } from '../airflow/areas/dags';
import { runs } from '../airflow/areas/runs';
import type { DueWindow, Stores } from '../store';

type Cluster = {
  name: string;
  client: Pick<AirflowClient, 'ask' | 'read'>;
};

/** As many runs as one page lists are compared with it row by row. */
const PAGE = 100;

/** Requests and runs of one search at most; the next one goes on, for what was found is no longer stored. */
const MOST_QUESTIONS = 24;
const MOST_CHECKS = 10;

/**
 * Finds stored runs that were deleted in Airflow, of which it tells nothing: where it counts fewer runs in a window than
 * are stored, the window is halved until a page holds it.
 */
export class DeletedRuns {
  private questions = MOST_QUESTIONS;
  private checks = MOST_CHECKS;

  constructor(
    private readonly stores: Pick<Stores, 'runs' | 'runChecks'>,
    private readonly cluster: Cluster,
    private readonly call: CallOptions,
    private readonly now: Date,
  ) {}

  async search(window: DueWindow): Promise<void> {
    const stored = await this.stores.runChecks.countPresent(
      this.cluster.name,
      window,
    );
    const total = await this.count(window);
    if (total !== undefined && stored > total) {
      await this.narrow(window, stored, total);
    }
  }

  /** The newer half first, for that is what people look at. */
  private async narrow(
    window: DueWindow,
    stored: number,
    total: number,
  ): Promise<void> {
    const { name } = this.cluster;
    const middle =
      stored > PAGE
        ? await this.stores.runChecks.dueAt(
            name,
            window,
            Math.floor(stored / 2),
          )
        : undefined;
    if (!middle || middle <= window.from) {
      await this.compare(window);
      return;
    }
    const newer = { from: middle, to: window.to };
    const storedNewer = await this.stores.runChecks.countPresent(name, newer);
    const totalNewer = await this.count(newer);
    if (totalNewer === undefined) return;
    if (storedNewer > totalNewer) {
      await this.narrow(newer, storedNewer, totalNewer);
    }
    const [storedOlder, totalOlder] = [
      stored - storedNewer,
      total - totalNewer,
    ];
    if (storedOlder > totalOlder) {
      const older = { from: window.from, to: new Date(middle.getTime() - 1) };
      await this.narrow(older, storedOlder, totalOlder);
    }
  }

  /** Undefined when Airflow does not say, or enough was asked. */
  private async count(window: DueWindow): Promise<number | undefined> {
    if (this.questions <= 0) return undefined;
    this.questions -= 1;
    return this.cluster.client.ask(
      runs,
      area => area.count(toQuery(window)),
      this.call,
    );
  }

  private async compare(window: DueWindow): Promise<void> {
    if (this.questions <= 0) return;
    const { name, client } = this.cluster;
    const listed = new Set<string>();
    const pages = client.read(
      runs,
      area => area.list(toQuery(window)),
      this.call,
    );
    for await (const page of pages) {
      this.questions -= 1;
      // What is left out may be what is missed.
      if (page.skipped > 0) return;
      for (const run of page.items) listed.add(keyOf(run));
      await this.stores.runs.save(name, page.items, this.now);
    }
    const present = await this.stores.runChecks.present(name, window);
    const missing = present.filter(run => !listed.has(keyOf(run)));
    const dagIds = new Set(missing.map(({ dagId }) => dagId));
    for (const dagId of dagIds) {
      if (this.checks <= 0) return;
      if (!(await this.hasDag(dagId))) {
        await this.stores.runChecks.keepAbsent(name, dagId, this.now);
        continue;
      }
      for (const run of missing.filter(one => one.dagId === dagId)) {
        if (this.checks <= 0) return;
        this.checks -= 1;
        // It may have come, or been moved to another page, while the list was read.
        const found = await client.ask(runs, area => area.find(run), this.call);
        if (found === null) await this.stores.runs.remove(name, run);
      }
    }
  }

  /** What is stored of a DAG that is gone is all that is left of it. */
  private async hasDag(dagId: string): Promise<boolean> {
    this.checks -= 1;
    try {
      const { client } = this.cluster;
      await client.ask(dags, area => area.get(dagId), this.call);
      return true;
    } catch (error) {
      if (error instanceof AirflowError && isOutOfReach(error)) return false;
      throw error;
    }
  }
}

/** Gone, or no longer for the portal's user to see: no proof of what became of its runs. */
function isOutOfReach({ code }: AirflowError): boolean {
  return code === 'airflow-not-found' || code === 'forbidden';
}

function toQuery({ from, to }: DueWindow) {
  return { runAfterFrom: from.toISOString(), runAfterTo: to.toISOString() };
}

function keyOf({ dagId, runId }: { dagId: string; runId: string }): string {
  return JSON.stringify([dagId, runId]);
}
