import {
  countSummarised,
  isUnderWay,
  isUnfinished,
  summariseTasks,
  type DagRun,
  type DagStructure,
  type TaskInstance,
  type TaskSummary,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { AirflowError, type Page } from '../../airflow';
import { structures } from '../../airflow/areas/structures';
import { tasks } from '../../airflow/areas/tasks';
import type { RegisteredCluster } from '../../clusters';
import type { RunStore } from '../../store';
import type { Answer, Asked } from '../kit/asked';
import type { LiveCache } from '../kit/LiveCache';
import { CHANGING_MS, SETTLED_MS, type LiveKey } from '../kit/LiveKind';
import { missingDag } from '../kit/missing';
import { orMissing } from '../kit/MissingPart';

type RunSummary = { runId: string; tasks: TaskSummary[] };

/**
 * How long the tasks of a finished run are given to others. Acting on them here forgets them, and acting on them in
 * Airflow makes the run run again, which is seen.
 */
const FINISHED_MS = 10 * 60_000;

/** What callers may read of a DAG as a grid or a graph: its tasks, and how they stood in its runs. */
export class GridService {
  constructor(
    private readonly runs: RunStore,
    private readonly live: LiveCache,
  ) {}

  async structure({
    cluster: { name, client },
    params: { dagId },
  }: Asked<'getDagStructure'>): Promise<DagStructure> {
    return orMissing(
      this.live.structures.get([name, dagId], async () => ({
        value: await client.ask(structures, area => area.of(dagId)),
        keepMs: SETTLED_MS,
      })),
      () => missingDag(name, dagId),
    );
  }

  async summaries({
    cluster,
    params: { dagId },
    query: { runId },
  }: Asked<'listTaskSummaries'>): Promise<Answer<'listTaskSummaries'>> {
    return { items: await this.summarise(cluster, dagId, runId) };
  }

  /** Only runs that nobody has read are asked for. */
  async counts({
    cluster,
    params: { dagId },
    query: { runId },
  }: Asked<'listTaskCounts'>): Promise<Answer<'listTaskCounts'>> {
    const found = await this.summarise(cluster, dagId, runId);
    const items = found
      .filter(({ tasks: ofRun }) => ofRun.length > 0)
      .map(({ runId: id, tasks: ofRun }) => ({
        runId: id,
        counts: countSummarised(ofRun),
      }));
    return { items };
  }

  /** Each run is fetched once, and all that have to be fetched are fetched together. */
  private async summarise(
    cluster: RegisteredCluster,
    dagId: string,
    runIds: readonly string[],
  ): Promise<RunSummary[]> {
    const wanted = await this.runs.named(cluster.name, dagId, runIds);
    let unread: DagRun[] = [];
    let fetching: Promise<Map<string, TaskInstance[]>> | undefined;
    // Those that are met unread at once; another fetch that was joined may end without them, and they are met again.
    const fetchAll = () => {
      fetching ??= Promise.resolve().then(() => {
        const runs = unread;
        unread = [];
        fetching = undefined;
        return this.fetch(cluster, dagId, runs);
      });
      return fetching;
    };
    return orMissing(
      Promise.all(
        wanted.map(run =>
          this.live.summaries.get(keyOf(run), async () => {
            unread.push(run);
            const instances = (await fetchAll()).get(run.runId) ?? [];
            const ofRun = summariseTasks(instances);
            return {
              value: { runId: run.runId, tasks: ofRun },
              keepMs: keepMs(run, ofRun),
            };
          }),
        ),
      ),
      () => missingDag(cluster.name, dagId),
    );
  }

  private async fetch(
    cluster: RegisteredCluster,
    dagId: string,
    runs: readonly DagRun[],
  ): Promise<Map<string, TaskInstance[]>> {
    const byRun = new Map(
      runs.map(({ runId }): [string, TaskInstance[]] => [runId, []]),
    );
    for await (const { items } of this.pages(cluster, dagId, runs)) {
      for (const item of items) byRun.get(item.runId)?.push(item);
    }
    return byRun;
  }

  /** Over the whole window of the runs where it holds little else; else over that of each half of them. */
  private async *pages(
    cluster: RegisteredCluster,
    dagId: string,
    runs: readonly DagRun[],
  ): AsyncGenerator<Page<TaskInstance>> {
    const { name, client } = cluster;
    if (runs.length === 1) {
      const [{ runId, runAfter }] = runs;
      const moment = { runAfterFrom: runAfter, runAfterTo: runAfter };
      yield* unlessDeleted(
        client.read(tasks, area => area.ofRun({ dagId, runId })),
        () => client.read(tasks, area => area.ofRuns(dagId, moment)),
      );
      return;
    }
    const window = {
      runAfterFrom: runs[runs.length - 1].runAfter,
      runAfterTo: runs[0].runAfter,
    };
    const due = await this.runs.countDue(name, dagId, window);
    if (due <= 2 * runs.length) {
      yield* client.read(tasks, area => area.ofRuns(dagId, window));
      return;
    }
    const half = Math.ceil(runs.length / 2);
    yield* this.pages(cluster, dagId, runs.slice(0, half));
    yield* this.pages(cluster, dagId, runs.slice(half));
  }
}

/**
 * A run that was deleted in Airflow since it was stored has no tasks either. One whose id cannot be asked for is met
 * among those of its moment.
 */
async function* unlessDeleted<T>(
  pages: AsyncGenerator<T>,
  ofMoment: () => AsyncGenerator<T>,
): AsyncGenerator<T> {
  try {
    yield* pages;
  } catch (error) {
    if (error instanceof AirflowError && error.code === 'unsupported') {
      yield* ofMoment();
    } else if (!isNotFound(error)) {
      throw error;
    }
  }
}

/** With the state, so that a run that runs again is read again. */
function keyOf({ cluster, dagId, runId, state, endedAt }: DagRun): LiveKey {
  return [cluster, dagId, runId, state, endedAt ?? ''];
}

function keepMs({ state }: DagRun, ofRun: readonly TaskSummary[]): number {
  const goesOn = ofRun.some(task => isUnderWay(task.state));
  if (goesOn || isUnfinished(state)) return CHANGING_MS;
  return ofRun.length > 0 ? FINISHED_MS : SETTLED_MS;
}

function isNotFound(error: unknown): boolean {
  return error instanceof AirflowError && error.code === 'airflow-not-found';
}
