import { z } from 'zod';
import { relatives } from '../api/taskSelection';
import { graphOf } from '../simulation/graph';
import { RunFacts } from '../simulation/run';
import { TaskFacts } from '../simulation/taskFacts';
import { TaskRow, tasksNow } from '../simulation/taskQuery';
import { findDag, findTask, pathIndex } from './find';
import { ApiError, notFound } from './errors';
import { readBody } from './body';
import { V2Context, V2Route } from './route';
import { v2TaskInstances } from './serialize/taskInstance';

const patchBody = z.strictObject({
  new_state: z.enum(['success', 'failed', 'skipped']).nullish(),
  note: z.string().max(1000).nullish(),
  ...relatives,
});

type Patch = z.infer<typeof patchBody>;

interface Targets {
  run: RunFacts;
  tasks: TaskFacts[];
}

/** The instances that a mark is about: one, or all of a mapped task. */
function taskTargets(context: V2Context): Targets {
  const { dagId, runId, taskId } = context.params;
  const { simulation } = context.cluster;
  const dag = simulation.dagBag.get(dagId);
  if (!dag) throw notFound(`The Dag with ID: \`${dagId}\` was not found`);
  const planned = graphOf(dag).byId.get(taskId);
  if (!planned) throw notFound(`Task '${taskId}' not found in Dag '${dagId}'`);
  const mapIndex =
    'mapIndex' in context.params
      ? pathIndex(context)
      : context.query.integer('map_index');
  if (mapIndex !== undefined) {
    const found = findTask(context, mapIndex);
    return { run: found.run, tasks: [found.task] };
  }
  const run = simulation.findRun(dag, runId);
  if (!run) {
    throw notFound(
      `The Task Instance with dag_id: \`${dagId}\`, run_id: \`${runId}\` and task_id: \`${taskId}\` was not found`,
    );
  }
  return { run, tasks: [...simulation.tasksOf(run, planned)] };
}

/** The instances of all tasks of a group. */
function groupTargets(context: V2Context): Targets {
  const { dagId, groupId, runId } = context.params;
  const dag = findDag(context);
  const { simulation } = context.cluster;
  const members = graphOf(dag).tasks.filter(t =>
    t.task.taskId.startsWith(`${groupId}.`),
  );
  if (members.length === 0)
    throw notFound(`Task group '${groupId}' not found in DAG '${dagId}'`);
  const run = simulation.findRun(dag, runId);
  if (!run)
    throw notFound(
      `No task instances found for task group '${groupId}' in dag run '${runId}'`,
    );
  return { run, tasks: members.flatMap(m => [...simulation.tasksOf(run, m)]) };
}

/** The instances whose state a patch changes; all while it names no state. */
function changedBy(
  context: V2Context,
  { run, tasks }: Targets,
  { new_state: state, ...body }: Patch,
): TaskFacts[] {
  if (!state) return tasks;
  const selection = {
    taskIds: tasks.map((t): [string, number] => [
      t.planned.task.taskId,
      t.mapIndex,
    ]),
    upstream: body.include_upstream,
    downstream: body.include_downstream,
  };
  return context.cluster.actions.tasksToMark(run, selection, state);
}

function apply(
  context: V2Context,
  { run, tasks }: Targets,
  changed: TaskFacts[],
  body: Patch,
): void {
  const { actions } = context.cluster;
  const { taskId, groupId } = context.params;
  const { new_state: state, note } = body;
  if (state && changed.length === 0) {
    throw new ApiError(
      409,
      `Task id ${taskId ?? groupId} is already in ${state} state`,
    );
  }
  // Null takes no note away here; an empty one does.
  if (typeof note === 'string')
    tasks.forEach(t => actions.noteTask(run, t, note || null));
  if (state) actions.markTasks(run, changed, state);
  actions.audit(
    'patch_task_instance',
    context.user.name,
    { dagId: run.dag.dagId, runId: run.runId, taskId },
    body,
  );
}

function told(context: V2Context, rows: TaskRow[]) {
  return {
    task_instances: v2TaskInstances(context.cluster.simulation, rows),
    total_entries: rows.length,
  };
}

/** Marks and notes; the answer shows what was named, as it is now. */
function patch(context: V2Context, find: (context: V2Context) => Targets) {
  const body = readBody(patchBody, context.body);
  const targets = find(context);
  apply(context, targets, changedBy(context, targets, body), body);
  const { run, tasks } = targets;
  return told(context, tasksNow(context.cluster.simulation, run, tasks));
}

/** Shows what a patch would change. */
function dryRun(context: V2Context, find: (context: V2Context) => Targets) {
  const body = readBody(patchBody, context.body);
  const targets = find(context);
  const { run } = targets;
  const changed = changedBy(context, targets, body);
  return told(
    context,
    changed.map(task => ({ run, task })),
  );
}

const RUN = '/dags/:dagId/dagRuns/:runId';
const TASK = `${RUN}/taskInstances/:taskId`;
const ONE = `${TASK}/:mapIndex(-?\\d+)`;
const GROUP = `${RUN}/taskGroupInstances/:groupId`;

export const markingRoutes: V2Route[] = [
  {
    method: 'patch',
    path: GROUP,
    since: '3.3',
    handle: c => patch(c, groupTargets),
  },
  {
    method: 'patch',
    path: `${GROUP}/dry_run`,
    since: '3.3',
    handle: c => dryRun(c, groupTargets),
  },
  ...[TASK, ONE].flatMap((path): V2Route[] => [
    { method: 'patch', path, handle: c => patch(c, taskTargets) },
    {
      method: 'patch',
      path: `${path}/dry_run`,
      handle: c => dryRun(c, taskTargets),
    },
  ]),
];
