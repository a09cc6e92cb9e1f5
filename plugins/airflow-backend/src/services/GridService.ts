import {
  airflowDagReadPermission,
  isUnderWay,
  isUnfinished,
  summariseTasks,
  type DagRun,
  type DagStructure,
  type TaskInstance,
  type TaskSummary,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { AirflowError } from '../airflow';
import { structures } from '../airflow/structure';
import type { RegisteredCluster } from '../clusters';
import type { RunStore } from '../store';
import type { Access } from './Access';
import { CHANGING_MS, LiveCache, SETTLED_MS } from './LiveCache';
import { missingDag, orMissing } from './missing';

type RunSummary = { runId: string; tasks: TaskSummary[] };

/** A summary takes less than 200 bytes. */
const KEPT_SUMMARIES = 200_000;
const KEPT_TASKS = 50_000;

/**
 * How long the tasks of a finished run are given to others. Acting on them here forgets them, and acting on them in
 * Airflow makes the run run again, which is seen.
 */
const FINISHED_MS = 10 * 60_000;

/** What callers may read of a DAG as a grid or a graph: its tasks, and how they stood in its runs. */
export class GridService {
  private readonly structures = new LiveCache<DagStructure>({
    maxSize: KEPT_TASKS,
    sizeOf: ({ tasks }) => tasks.length + 1,
  });
  private readonly summaries = new LiveCache<RunSummary>({
    maxSize: KEPT_SUMMARIES,
    sizeOf: ({ tasks }) => tasks.length + 1,
  });

  constructor(
    private readonly access: Access,
    private readonly runs: RunStore,
  ) {}

  async structure(
    clusterName: string,
    dagId: string,
    credentials: BackstageCredentials,
  ): Promise<DagStructure> {
    const { name, client } = await this.access.dag(
      { cluster: clusterName, dagId },
      airflowDagReadPermission,
      credentials,
    );
    return orMissing(
      this.structures.get([name, dagId], async () => ({
        value: await client.ask(structures, area => area.of(dagId)),
        keepMs: SETTLED_MS,
      })),
      () => missingDag(name, dagId),
    );
  }

  /** Each run is fetched once, and all that have to be fetched are fetched together. */
  async summarise(
    clusterName: string,
    dagId: string,
    runIds: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<RunSummary[]> {
    const cluster = await this.access.dag(
      { cluster: clusterName, dagId },
      airflowDagReadPermission,
      credentials,
    );
    const wanted = await this.runs.named(cluster.name, dagId, runIds);
    const unread: DagRun[] = [];
    const collected = Promise.resolve();
    let fetching: Promise<Map<string, TaskInstance[]>> | undefined;
    const fetchAll = () => {
      fetching ??= collected.then(() => this.fetch(cluster, dagId, unread));
      return fetching;
    };
    return orMissing(
      Promise.all(
        wanted.map(run =>
          this.summaries.get(keyOf(run), async () => {
            unread.push(run);
            const instances = (await fetchAll()).get(run.runId) ?? [];
            const tasks = summariseTasks(instances);
            return {
              value: { runId: run.runId, tasks },
              keepMs: keepMs(run, tasks),
            };
          }),
        ),
      ),
      () => missingDag(cluster.name, dagId),
    );
  }

  /** After an action, how the tasks of a DAG stood no longer holds. */
  forget(cluster: string, dagId: string): void {
    this.summaries.forget([cluster, dagId]);
  }

  /** Over the whole window where it holds little else; else run by run. */
  private async fetch(
    { name, client }: RegisteredCluster,
    dagId: string,
    runs: readonly DagRun[],
  ): Promise<Map<string, TaskInstance[]>> {
    const byRun = new Map(
      runs.map(({ runId }): [string, TaskInstance[]] => [runId, []]),
    );
    const window = {
      runAfterFrom: runs[runs.length - 1].runAfter,
      runAfterTo: runs[0].runAfter,
    };
    const due = await this.runs.countDue(name, dagId, window);
    if (runs.length > 1 && due <= 2 * runs.length) {
      const pages = client.taskInstancesOfRuns(dagId, window);
      for await (const { items } of pages) {
        for (const item of items) byRun.get(item.runId)?.push(item);
      }
      return byRun;
    }
    for (const [runId, own] of byRun) {
      try {
        const pages = client.taskInstances(dagId, runId);
        for await (const { items } of pages) own.push(...items);
      } catch (error) {
        // Deleted in Airflow since it was stored, it has no tasks either.
        if (!isNotFound(error)) throw error;
      }
    }
    return byRun;
  }
}

/** With the state, so that a run that runs again is read again. */
function keyOf({ cluster, dagId, runId, state, endedAt }: DagRun): string[] {
  return [cluster, dagId, runId, state, endedAt ?? ''];
}

function keepMs({ state }: DagRun, tasks: readonly TaskSummary[]): number {
  const goesOn = tasks.some(task => isUnderWay(task.state));
  if (goesOn || isUnfinished(state)) return CHANGING_MS;
  return tasks.length > 0 ? FINISHED_MS : SETTLED_MS;
}

function isNotFound(error: unknown): boolean {
  return error instanceof AirflowError && error.code === 'airflow-not-found';
}
