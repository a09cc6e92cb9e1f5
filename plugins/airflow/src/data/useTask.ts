import type { TaskState } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { z } from 'zod';
import { useEndpoint } from './useEndpoint';
import { FINISHED_MS, type RunName, type TaskName } from './useRuns';

const LIVE_MS = 10_000;

function inputOf({ mapIndex, ...params }: TaskName) {
  return { params, query: { mapIndex } };
}

/** How a task instance is queued, and where its operator leads. */
export function useTaskFacts(name: TaskName) {
  return useEndpoint(airflowEndpoints.getTaskFacts, inputOf(name));
}

/** Why a task instance does not start, as Airflow has it. */
export function useWaitReasons(name: TaskName) {
  return useEndpoint(airflowEndpoints.listWaitReasons, inputOf(name), {
    every: LIVE_MS,
  });
}

/** While its log is read, what an attempt failed with is asked for this often. */
const READING_MS = 3_000;

/** What an attempt failed with; the log of one that has just ended may still be on its way. */
export function useTaskError(name: TaskName, tryNumber: number) {
  const { mapIndex, ...params } = name;
  return useEndpoint(
    airflowEndpoints.getTaskError,
    { params, query: { mapIndex, try: tryNumber } },
    {
      every: error => {
        if (error?.isReading) return READING_MS;
        return error?.exception || error?.isWhole === false
          ? false
          : FINISHED_MS;
      },
      // Before its first attempt it has no log.
      enabled: tryNumber > 0,
    },
  );
}

/** The keys of the XComs that a task instance left. */
export function useXComs(name: TaskName) {
  return useEndpoint(airflowEndpoints.listXComs, inputOf(name), {
    every: LIVE_MS,
  });
}

/** The value of one XCom, once somebody wants to see it. */
export function useXCom(name: TaskName, key: string, enabled: boolean) {
  const { mapIndex, ...params } = name;
  return useEndpoint(
    airflowEndpoints.getXCom,
    { params, query: { mapIndex, key } },
    { enabled },
  );
}

/** The fields of a task's operator, templates filled in. */
export function useRendered(name: TaskName) {
  return useEndpoint(airflowEndpoints.listRenderedFields, inputOf(name));
}

/** Which instances of a mapped task are shown, and in which order. */
export interface MappedQuery {
  state?: TaskState[];
  sort: z.output<typeof airflowEndpoints.listMappedInstances.query>['sort'];
  limit: number;
  offset: number;
}

/** One page of the instances of a mapped task. */
export function useMappedInstances(
  { cluster, dagId, runId }: RunName,
  taskId: string,
  query: MappedQuery,
  enabled = true,
) {
  return useEndpoint(
    airflowEndpoints.listMappedInstances,
    { params: { cluster, dagId, runId, taskId }, query: { ...query } },
    { every: LIVE_MS, keepsPrevious: true, enabled },
  );
}
