import type {
  DagRun,
  TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  AirflowError,
  type AirflowClient,
  type TaskInstanceRef,
} from '../airflow';
import type { RegisteredCluster } from '../clusters';
import type { DagStore, RunStore } from '../store';
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
    return (await isThere(cluster.client.run(dagId, runId)))
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
      (await isThere(client.dag(dagId)));
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
    if (await isThere(client.taskInstance(ref))) return part;
    return (await isThere(client.run(dagId, runId)))
      ? missingTask(name, ref)
      : this.ofNoRun(cluster, dagId, runId);
  }

  /**
   * As {@link MissingPart.ofTask}, the first that there is not of several tasks of a run.
   *
   * @param tasks - a map index of null means every instance
   */
  async ofTasks(
    cluster: Cluster,
    { dagId, runId }: { dagId: string; runId: string },
    tasks: readonly { taskId: string; mapIndex: number | null }[],
  ): Promise<ProblemError> {
    const { name, client } = cluster;
    if (!(await isThere(client.run(dagId, runId)))) {
      return this.ofNoRun(cluster, dagId, runId);
    }
    const there = await instancesOf(client, dagId, runId);
    const absent = tasks.find(
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
  dagId: string,
  runId: string,
): Promise<TaskInstance[] | undefined> {
  const all: TaskInstance[] = [];
  const listed = async () => {
    for await (const { items } of client.taskInstances(dagId, runId)) {
      all.push(...items);
    }
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
    const found = await client.findRun({ dagId, runId, runAfter });
    isFound = found !== null;
  };
  return (await isThere(find())) && isFound;
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
