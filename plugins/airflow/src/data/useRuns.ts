import {
  isUnderWay,
  isUnfinished,
  type DagRun,
  type DagRunState,
  type DagRunType,
  type TaskState,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { z } from 'zod';
import type { DagName } from './useDag';
import { useEndpoint } from './useEndpoint';

/** Names one run of the fleet. */
export interface RunName extends DagName {
  runId: string;
}

/** Where a run goes on, it and its tasks are read again this often. */
export const RUNNING_MS = 4_000;
/** And this often once it has ended: a clear in Airflow lets it begin again. */
export const FINISHED_MS = 60_000;

/** Until so long after its end a run is read as if it went on. */
const SETTLING_MS = 30_000;

/** What the runs of a DAG are narrowed to. */
export interface RunFilter {
  state?: DagRunState[];
  type?: DagRunType[];
  text?: string;
}

/** One page of the stored runs of a DAG, newest first. */
export function useRuns(
  { cluster, dagId }: DagName,
  query: { filter: RunFilter; limit: number; cursor?: string },
) {
  const { filter, ...page } = query;
  return useEndpoint(
    airflowEndpoints.listRuns,
    {
      params: {},
      query: { cluster: [cluster], dagId: [dagId], ...filter, ...page },
    },
    { every: 10_000, keepsPrevious: true },
  );
}

/** The newest runs of the DAGs that are meant, over the whole fleet. */
export function useFleetRuns(
  query: z.output<typeof airflowEndpoints.listRuns.query>,
) {
  return useEndpoint(
    airflowEndpoints.listRuns,
    { params: {}, query },
    { every: 15_000, keepsPrevious: true },
  );
}

/** One run, live where Airflow can be read. */
export function useRun({ cluster, dagId, runId }: RunName) {
  return useEndpoint(
    airflowEndpoints.getRun,
    { params: { cluster, dagId, runId }, query: {} },
    {
      every: run =>
        run && !isUnfinished(run.state) ? FINISHED_MS : RUNNING_MS,
    },
  );
}

/** Every task instance of a run, from Airflow. */
export function useTaskInstances(
  { cluster, dagId, runId }: RunName,
  run: Pick<DagRun, 'state' | 'endedAt'> | undefined,
) {
  // The end of a run is known a little before what became of its last tasks.
  const goesOn = () => !run || isUnfinished(run.state) || hasJustEnded(run);

  return useEndpoint(
    airflowEndpoints.listTaskInstances,
    { params: { cluster, dagId, runId }, query: {} },
    { every: () => (goesOn() ? RUNNING_MS : FINISHED_MS) },
  );
}

function hasJustEnded({ endedAt }: Pick<DagRun, 'endedAt'>): boolean {
  return endedAt !== null && Date.now() - Date.parse(endedAt) < SETTLING_MS;
}

/** Names one task instance of the fleet; -1 stands for a task that is not mapped. */
export interface TaskName extends RunName {
  taskId: string;
  mapIndex: number;
}

/** A task instance with its attempts, from Airflow. */
export function useTaskTries(name: TaskName) {
  const { mapIndex, ...params } = name;
  return useEndpoint(
    airflowEndpoints.listTaskTries,
    { params, query: { mapIndex } },
    {
      every: data =>
        data && isToCome(data.instance.state) ? RUNNING_MS : FINISHED_MS,
    },
  );
}

function isToCome(state: TaskState): boolean {
  return state === 'none' || isUnderWay(state);
}
