import {
  AirflowError,
  type AirflowRun,
  type AirflowRunDetails,
  type Page,
  type RunAt,
  type RunQuery,
} from '../airflow';
import { dags } from '../airflow/areas/dags';
import { runs } from '../airflow/areas/runs';
import type { ReadCluster } from '../collectors/runs';
import { FakeClient } from './FakeClient';
import { aDag } from './rows';

/** As both versions cap them. */
const PAGE_SIZE = 100;

/** Of an Airflow 3 whose clock nobody has read. */
class RunsClient extends FakeClient {
  async info() {
    return {
      airflowVersion: '3.3.2',
      apiVersion: 'v2' as const,
      capabilities: [],
    };
  }

  clock() {
    return undefined;
  }
}

/** The runs of an Airflow that a test changes at will, as a client tells of them. */
export class FakeRuns {
  readonly cluster: ReadCluster = {
    name: 'prod',
    client: new RunsClient('prod')
      .with(runs, ({ onRequest }) => ({
        list: query => this.list(query, onRequest),
        count: async window => {
          onRequest?.();
          return this.listed(window).length;
        },
        find: async run => this.find(run, onRequest),
      }))
      .with(dags, ({ onRequest }) => ({
        get: async dagId => {
          onRequest?.();
          if (this.deletedDags.has(dagId)) throw notFound(dagId);
          return aDag(dagId);
        },
      })),
  };

  private hidden = { key: '', times: 0 };
  readonly deletedDags = new Set<string>();

  private readonly rows = new Map<
    string,
    { run: AirflowRunDetails; updatedAt: number }
  >();

  /** Somebody, or the scheduler, starts or changes a run. */
  put(run: AirflowRun, updatedAt: Date): void {
    const untold = {
      conf: '{}',
      dataIntervalStart: null,
      dataIntervalEnd: null,
    };
    const row = { run: { ...run, ...untold }, updatedAt: updatedAt.getTime() };
    this.rows.set(keyOf(run), row);
  }

  delete(run: { dagId: string; runId: string }): void {
    this.rows.delete(keyOf(run));
  }

  /** The next two lists miss a run that is there. */
  hideOnce(run: { dagId: string; runId: string }): void {
    this.hidden = { key: keyOf(run), times: 2 };
  }

  /** Newest first. */
  all(): AirflowRunDetails[] {
    return [...this.rows.values()]
      .map(({ run }) => run)
      .sort((a, b) => (a.runAfter > b.runAfter ? -1 : 1));
  }

  private matching(query: RunQuery): AirflowRunDetails[] {
    const { dagId, updatedFrom, runAfterFrom, runAfterTo } = query;
    return this.all().filter(run => {
      const row = this.rows.get(keyOf(run));
      return (
        (dagId === undefined || run.dagId === dagId) &&
        (!updatedFrom || (row?.updatedAt ?? 0) >= Date.parse(updatedFrom)) &&
        (!runAfterFrom || run.runAfter >= runAfterFrom) &&
        (!runAfterTo || run.runAfter <= runAfterTo)
      );
    });
  }

  private listed(query: RunQuery): AirflowRunDetails[] {
    const all = this.matching(query);
    const seen = all.filter(run => keyOf(run) !== this.hidden.key);
    if (seen.length === all.length || this.hidden.times === 0) return all;
    this.hidden.times -= 1;
    return seen;
  }

  private async *list(
    query: RunQuery,
    onRequest: (() => void) | undefined,
  ): AsyncGenerator<Page<AirflowRunDetails>> {
    for (let offset = 0; ; offset += PAGE_SIZE) {
      onRequest?.();
      const found = this.listed(query);
      const items = found.slice(offset, offset + PAGE_SIZE);
      if (items.length === 0) return;
      yield { items, skipped: 0 };
      if (offset + PAGE_SIZE >= found.length) return;
    }
  }

  private find(
    { dagId, runId, runAfter }: RunAt,
    onRequest: (() => void) | undefined,
  ): AirflowRunDetails | null {
    onRequest?.();
    const moment = { dagId, runAfterFrom: runAfter, runAfterTo: runAfter };
    return this.matching(moment).find(run => run.runId === runId) ?? null;
  }
}

function notFound(what: string): AirflowError {
  return new AirflowError({
    code: 'airflow-not-found',
    cluster: 'prod',
    attempted: 'GET …',
    message: `There is no ${what}`,
    hint: '',
    httpStatus: 404,
  });
}

function keyOf({ dagId, runId }: { dagId: string; runId: string }): string {
  return JSON.stringify([dagId, runId]);
}
