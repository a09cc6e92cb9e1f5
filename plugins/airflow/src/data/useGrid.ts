import {
  isUnderWay,
  isUnfinished,
  type DagRun,
  type DagStructure,
  type TaskSummary,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useApi } from '@backstage/core-plugin-api';
import {
  useQueries,
  type Query,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { airflowApiRef } from './api';
import { batched } from './batch';
import { runsAtOnce } from './runsAtOnce';
import type { DagName } from './useDag';
import { useEndpoint } from './useEndpoint';
import { FINISHED_MS, RUNNING_MS } from './useRuns';

const { getDagStructure, listTaskSummaries } = airflowEndpoints;

/** Few at a time, so that the newest runs show long before the others are read. */
const QUESTIONS = 2;

/** How the tasks of a run stand, by task id. */
export type RunTasks = ReadonlyMap<string, TaskSummary>;

/** The tasks of a DAG and their groups, from Airflow. */
export function useDagStructure({ cluster, dagId }: DagName) {
  return useEndpoint(
    getDagStructure,
    { params: { cluster, dagId }, query: {} },
    { every: 60_000 },
  );
}

/** How the tasks of runs stand, as far as that was read. */
export interface TasksOfRuns {
  byRun: ReadonlyMap<string, RunTasks>;
  isPending: boolean;
  error: Error | null;
  retry: () => void;
}

function combine(results: UseQueryResult<Known>[]): TasksOfRuns {
  return {
    byRun: new Map(
      results.flatMap(({ data }) => (data ? [[data.runId, data.tasks]] : [])),
    ),
    isPending: results.some(({ isPending }) => isPending),
    error: results.find(({ error }) => error)?.error ?? null,
    retry: () => {
      for (const { error, refetch } of results) if (error) refetch();
    },
  };
}

interface Known {
  runId: string;
  tasks: RunTasks;
}

/**
 * How the tasks of each run stand. Every run is kept by itself, so that a new one lets none be read again. The DAG's
 * structure, where it is known, tells how many runs are best asked for together.
 */
export function useTasksOfRuns(
  { cluster, dagId }: DagName,
  runs: readonly Pick<DagRun, 'runId' | 'state'>[],
  structure?: DagStructure,
): TasksOfRuns {
  const api = useApi(airflowApiRef);
  const atOnce = runsAtOnce(structure?.tasks ?? []);
  const read = useMemo(
    () =>
      batched<RunTasks>(
        async runId => {
          const { items } = await api.call(listTaskSummaries, {
            params: { cluster, dagId },
            query: { runId: [...runId] },
          });
          return new Map(
            items.map(item => [
              item.runId,
              new Map(item.tasks.map(task => [task.taskId, task])),
            ]),
          );
        },
        { keys: atOnce, questions: QUESTIONS },
      ),
    [api, cluster, dagId, atOnce],
  );
  return useQueries({
    queries: runs.map(({ runId, state }) => ({
      queryKey: [listTaskSummaries.operationId, cluster, dagId, runId],
      queryFn: async (): Promise<Known> => ({
        runId,
        tasks: (await read(runId)) ?? new Map(),
      }),
      refetchInterval: ({ state: { data } }: Query<Known>) =>
        isUnfinished(state) || goesOn(data?.tasks) ? RUNNING_MS : FINISHED_MS,
      // Maps are compared as a whole.
      structuralSharing: false,
    })),
    combine,
  });
}

function goesOn(tasks: RunTasks | undefined): boolean {
  return [...(tasks?.values() ?? [])].some(({ state }) => isUnderWay(state));
}
