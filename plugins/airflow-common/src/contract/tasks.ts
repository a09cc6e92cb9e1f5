import {
  airflowDagReadPermission,
  airflowLogReadPermission,
  airflowXComReadPermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { endpoint, takesNothing } from './endpoint';
import type { EndpointNeeds } from './needs';
import { repeated } from './query';
import { mapIndexQuery, taskParams } from './runs';
import {
  renderedFieldSchema,
  taskCountsSchema,
  taskErrorSchema,
  taskFactsSchema,
  taskInstanceSchema,
  taskStateSchema,
  taskValueSchema,
  waitReasonSchema,
  xcomSchema,
} from './schemas';

const TASK = '/clusters/:cluster/dags/:dagId/runs/:runId/tasks/:taskId';

const ofInstance = {
  ...takesNothing,
  method: 'GET' as const,
  params: taskParams,
  query: z.object(mapIndexQuery),
};

const mayRead: EndpointNeeds<'dag'> = {
  of: 'dag',
  permission: airflowDagReadPermission,
};
const mayReadData: EndpointNeeds<'dag'> = {
  of: 'dag',
  permission: airflowXComReadPermission,
};

/**
 * How the instances of a mapped task can be sorted; a leading `-` turns the order round.
 *
 * @public
 */
export const mappedSorts = [
  'mapIndex',
  '-mapIndex',
  'startedAt',
  '-startedAt',
  'durationMs',
  '-durationMs',
] as const;

/**
 * Endpoints about one task instance, beside its attempts and their logs.
 *
 * @public
 */
export const taskEndpoints = {
  getTaskFacts: endpoint({
    ...ofInstance,
    operationId: 'getTaskFacts',
    live: true,
    path: `${TASK}/facts`,
    summary: 'How a task instance is queued, and where its operator leads',
    needs: mayRead,
    response: taskFactsSchema,
  }),
  listWaitReasons: endpoint({
    ...ofInstance,
    operationId: 'listWaitReasons',
    live: true,
    path: `${TASK}/wait-reasons`,
    summary: 'Why a task instance does not start, in the words of Airflow',
    needs: mayRead,
    response: z.object({ items: z.array(waitReasonSchema) }),
  }),
  getTaskError: endpoint({
    ...ofInstance,
    operationId: 'getTaskError',
    live: true,
    path: `${TASK}/error`,
    summary: 'What an attempt of a task failed with, out of its log',
    needs: { of: 'dag', permission: airflowLogReadPermission },
    query: z.object({
      ...mapIndexQuery,
      try: z.coerce.number<number | string>().int().min(1),
    }),
    response: taskErrorSchema,
  }),
  listMappedInstances: endpoint({
    ...takesNothing,
    operationId: 'listMappedInstances',
    live: true,
    method: 'GET',
    path: `${TASK}/mapped`,
    summary:
      'The instances of a mapped task, a page at a time, with how many are in each state',
    needs: mayRead,
    params: taskParams,
    query: z.object({
      state: repeated(taskStateSchema).optional(),
      sort: z.enum(mappedSorts).default('mapIndex'),
      limit: z.coerce
        .number<number | string>()
        .int()
        .min(1)
        .max(250)
        .default(50),
      offset: z.coerce.number<number | string>().int().min(0).default(0),
    }),
    response: z.object({
      items: z.array(taskInstanceSchema),
      /** Of those that are meant. */
      total: z.number().int().nonnegative(),
      /** Of all instances of the task. */
      counts: taskCountsSchema,
    }),
  }),
  listXComs: endpoint({
    ...ofInstance,
    operationId: 'listXComs',
    live: true,
    path: `${TASK}/xcoms`,
    summary: 'The keys of the XComs that a task instance left',
    needs: mayReadData,
    response: z.object({ items: z.array(xcomSchema) }),
  }),
  getXCom: endpoint({
    ...ofInstance,
    operationId: 'getXCom',
    live: true,
    path: `${TASK}/xcoms/value`,
    summary: 'The value of an XCom as text; a long one is cut',
    needs: mayReadData,
    query: z.object({ ...mapIndexQuery, key: z.string().min(1) }),
    response: taskValueSchema,
  }),
  listRenderedFields: endpoint({
    ...ofInstance,
    operationId: 'listRenderedFields',
    live: true,
    path: `${TASK}/rendered`,
    summary: "The fields of a task's operator, with their templates filled in",
    needs: mayReadData,
    response: z.object({ items: z.array(renderedFieldSchema) }),
  }),
};
