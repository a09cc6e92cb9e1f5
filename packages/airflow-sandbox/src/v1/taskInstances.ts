import { z } from 'zod';
import { waitReasons } from '../simulation/waitReasons';
import { readBody } from './body';
import { findTask } from './find';
import { V1Context, V1Route } from './http';
import { v1TaskInstance } from './serialize';

function getTask(context: V1Context) {
  const { run, task } = findTask(context);
  return v1TaskInstance(run, task);
}

const noteBody = z.strictObject({ note: z.string().max(1000) });

function setNote(context: V1Context) {
  const { note } = readBody(noteBody, context.body);
  const { run, task } = findTask(context);
  context.cluster.actions.noteTask(run, task, note);
  const fresh = context.cluster.simulation.facts(run);
  return v1TaskInstance(fresh, { ...task, note });
}

function dependencies(context: V1Context) {
  const { run, task } = findTask(context);
  const reasons = waitReasons(context.cluster.simulation, run, task);
  return { dependencies: reasons };
}

function links(context: V1Context) {
  const { dagId, runId, taskId } = context.params;
  const index = context.query.integer('map_index');
  const params = {
    dagId,
    runId,
    taskId,
    ...(index !== undefined && { mapIndex: String(index) }),
  };
  const { task } = findTask({ ...context, params });
  return task.planned.task.links ?? {};
}

const TASK = '/dags/:dagId/dagRuns/:runId/taskInstances/:taskId';
const ONE = `${TASK}/:mapIndex`;

export const taskInstanceRoutes: V1Route[] = [
  { method: 'get', path: `${TASK}/links`, query: ['map_index'], handle: links },
  { method: 'get', path: `${TASK}/dependencies`, handle: dependencies },
  { method: 'patch', path: `${TASK}/setNote`, handle: setNote },
  { method: 'get', path: TASK, handle: getTask },
  { method: 'get', path: `${ONE}/dependencies`, handle: dependencies },
  { method: 'patch', path: `${ONE}/setNote`, handle: setNote },
  { method: 'get', path: `${TASK}/:mapIndex(-?\\d+)`, handle: getTask },
];
