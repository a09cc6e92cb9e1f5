import { waitReasons } from '../simulation/waitReasons';
import {
  findPlainTask,
  findTask,
  FoundTask,
  pathIndex,
  queryIndex,
} from './find';
import { V2Context, V2Route } from './route';
import { v2TaskInstance } from './serialize/taskInstance';

function shown(context: V2Context, { run, task }: FoundTask) {
  return v2TaskInstance(context.cluster.simulation, run, task);
}

function dependencies(context: V2Context, { run, task }: FoundTask) {
  const reasons = waitReasons(context.cluster.simulation, run, task);
  return { dependencies: reasons };
}

function links({ task }: FoundTask) {
  const { links: extra = {} } = task.planned.task;
  return { extra_links: extra, total_entries: Object.keys(extra).length };
}

const TASK = '/dags/:dagId/dagRuns/:runId/taskInstances/:taskId';

export const taskInstanceRoutes: V2Route[] = [
  {
    method: 'get',
    path: `${TASK}/links`,
    handle: c => links(findTask(c, queryIndex(c))),
  },
  {
    method: 'get',
    path: `${TASK}/dependencies`,
    handle: c => dependencies(c, findTask(c, queryIndex(c))),
  },
  { method: 'get', path: TASK, handle: c => shown(c, findPlainTask(c)) },
  {
    method: 'get',
    path: `${TASK}/:mapIndex/dependencies`,
    handle: c => dependencies(c, findTask(c, pathIndex(c))),
  },
  {
    method: 'get',
    path: `${TASK}/:mapIndex(-?\\d+)`,
    handle: c => shown(c, findTask(c, pathIndex(c))),
  },
];
