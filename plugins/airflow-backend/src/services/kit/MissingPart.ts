import type {
  DagRun,
  TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  AirflowError,
  type AirflowClient,
  type RunRef,
  type TaskInstanceRef,
} from '../../airflow';
import { dags } from '../../airflow/areas/dags';
import { runs } from '../../airflow/areas/runs';
import { tasks } from '../../airflow/areas/tasks';
import type { RegisteredCluster } from '../../clusters';
import type { DagStore, RunStore } from '../../store';
import {
  goneRun,
  missingDag,
  missingRun,
  missingTask,
  unaddressableRun,
  unloadedDag,
} from './missing';
import type { ProblemError } from './ProblemError';

/** What Airflow's own 404 is about, so that the answer can say exactly what is missing. */
export async function orMissing<T>(
  act: Promise<T>,
  missing: () => ProblemError | Promise<ProblemError>,
): Promise<T> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof AirflowError && error.code === 'airflow-not-found') {
      throw await missing();
    }
    throw error;
  }
}

type Cluster = Pick<RegisteredCluster, 'name' | 'client'>;

/**
 * Says which part of a name there is not, the widest first, where Airflow only says that something is not there. It
 * asks Airflow itself: what the portal has stored may be gone from there, or not be read yet.
 */
export class MissingPart {
  constructor(private readonly stores: { dags: DagStore; runs: RunStore }) {}

  async ofRun(
    cluster: Cluster,
    dagId: string,
    runId: string,
  ): Promise<ProblemError> {
    return (await hasRun(cluster.client, { dagId, runId }))
      ? unloadedDag(cluster.name, dagId, runId)
      : this.ofNoRun(cluster, dagId, runId);
  }

  /** As {@link MissingPart.ofRun}, where Airflow has said that it has no such run. */
  async ofNoRun(
    { name, client }: Cluster,
    dagId: string,
    runId: string,
  ): Promise<ProblemError> {
    const stored = await this.stores.runs.get(name, dagId, runId);
    if (stored) {
      return (await isListed(client, stored))
        ? unaddressableRun(name, dagId, runId)
        : goneRun(name, dagId, runId);
    }
    const hasDag =
      (await this.stores.dags.get(name, dagId)) !== undefined ||
      (await isThere(client.ask(dags, area => area.get(dagId))));
    return hasDag ? missingRun(name, dagId, runId) : missingDag(name, dagId);
  }

  /** @param part - what is missing where the task itself is there */
  async ofTask(
    cluster: Cluster,
    ref: TaskInstanceRef,
    part = unloadedDag(cluster.name, ref.dagId, ref.runId),
  ): Promise<ProblemError> {
    const { name, client } = cluster;
    const { dagId, runId } = ref;
    const task = client.ask(tasks, area => area.get(ref));
    if (await isThere(task)) return part;
    return (await hasRun(client, { dagId, runId }))
      ? missingTask(name, ref)
      : this.ofNoRun(cluster, dagId, runId);
  }

  /**
   * As {@link MissingPart.ofTask}, the first that there is not of several tasks of a run.
   *
   * @param named - a map index of null means every instance
   */
  async ofTasks(
    cluster: Cluster,
    run: RunRef,
    named: readonly { taskId: string; mapIndex: number | null }[],
  ): Promise<ProblemError> {
    const { name, client } = cluster;
    const { dagId, runId } = run;
    if (!(await hasRun(client, run))) {
      return this.ofNoRun(cluster, dagId, runId);
    }
    const there = await instancesOf(client, run);
    const absent = named.find(
      ({ taskId, mapIndex }) =>
        !there?.some(
          other =>
            other.taskId === taskId &&
            (mapIndex === null || other.mapIndex === mapIndex),
        ),
    );
    return there && absent
      ? missingTask(name, {
          dagId,
          runId,
          taskId: absent.taskId,
          mapIndex: absent.mapIndex ?? -1,
        })
      : unloadedDag(name, dagId, runId);
  }
}

/** Undefined where Airflow lists none, for it has the DAG no longer. */
async function instancesOf(
  client: AirflowClient,
  run: RunRef,
): Promise<TaskInstance[] | undefined> {
  const all: TaskInstance[] = [];
  const listed = async () => {
    const pages = client.read(tasks, area => area.ofRun(run));
    for await (const { items } of pages) all.push(...items);
  };
  return (await isThere(listed())) ? all : undefined;
}

/** What Airflow does not find by its address may be there all the same. */
async function isListed(
  client: AirflowClient,
  { dagId, runId, runAfter }: DagRun,
): Promise<boolean> {
  let isFound = false;
  const find = async () => {
    const found = await client.ask(runs, area =>
      area.find({ dagId, runId, runAfter }),
    );
    isFound = found !== null;
  };
  return (await isThere(find())) && isFound;
}

function hasRun(client: AirflowClient, run: RunRef): Promise<boolean> {
  return isThere(client.ask(runs, area => area.get(run)));
}

async function isThere(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (error instanceof AirflowError && error.code === 'airflow-not-found') {
      return false;
    }
    throw error;
  }
}
