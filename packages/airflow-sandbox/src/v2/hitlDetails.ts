import { z } from 'zod';
import { v2Time } from '../api/time';
import { RunFacts } from '../simulation/run';
import { TaskFacts } from '../simulation/taskFacts';
import { TaskRow } from '../simulation/taskQuery';
import { findTask, pathIndex } from './find';
import { ApiError, notFound } from './errors';
import { readBody } from './body';
import { V2Context, V2Route } from './route';
import { collection } from './paging';
import { v2TaskInstance } from './serialize/taskInstance';

function hitlJson(
  context: V2Context,
  run: RunFacts,
  task: TaskFacts,
): object | undefined {
  const { hitl, taskId } = task.planned.task;
  if (!hitl || task.startAt === null) return undefined;
  const answer = run.context.touch?.answers.get(taskId);
  const received = answer !== undefined || task.state === 'success';
  return {
    options: hitl.options,
    subject: hitl.subject,
    body: hitl.body,
    defaults: null,
    multiple: false,
    params: {},
    assigned_users: [],
    created_at: v2Time(task.startAt),
    responded_by_user: received
      ? { id: answer?.user ?? 'admin', name: answer?.user ?? 'admin' }
      : null,
    responded_at: received ? v2Time(answer?.at ?? task.endAt) : null,
    chosen_options: received ? answer?.options ?? [hitl.options[0]] : null,
    params_input: answer?.params ?? {},
    response_received: received,
    task_instance: v2TaskInstance(context.cluster.simulation, run, task),
  };
}

function hitlRows(context: V2Context): TaskRow[] {
  const { simulation, runs } = context.cluster;
  const { dagId, runId } = context.params;
  const all = simulation.dagBag.all().filter(d => d.tasks.some(t => t.hitl));
  const dags = dagId === '~' ? all : all.filter(d => d.dagId === dagId);
  const found =
    runId === '~'
      ? runs.scan({ dags })
      : dags
          .map(d => simulation.findRun(d, runId))
          .filter(r => r !== undefined);
  return found.flatMap(run =>
    [...simulation.taskInstances(run)]
      .filter(t => t.planned.task.hitl)
      .map(task => ({ run, task })),
  );
}

function hitlDetails(context: V2Context) {
  const received = context.query.flag('response_received');
  const states = context.query.list('state');
  const taskId = context.query.text('task_id');
  const byDag = context.query.pattern('dag_id');
  const rows = hitlRows(context)
    .filter(
      r =>
        (received === undefined || (r.task.state === 'success') === received) &&
        (!states || states.includes(String(r.task.state))) &&
        (!taskId || r.task.planned.task.taskId === taskId) &&
        (!byDag || byDag(r.run.dag.dagId)),
    )
    .map(r => hitlJson(context, r.run, r.task))
    .filter(r => r !== undefined);
  return collection(
    context,
    'hitl_details',
    rows,
    [
      'ti_id',
      'subject',
      'responded_at',
      'created_at',
      'responded_by_user_id',
      'responded_by_user_name',
      'dag_id',
      'run_id',
      'task_display_name',
      'run_after',
      'rendered_map_index',
      'task_instance_operator',
      'task_instance_state',
    ],
    'ti_id',
  );
}

function hitlDetail(context: V2Context) {
  const { run, task } = findTask(context, pathIndex(context));
  const found = hitlJson(context, run, task);
  if (!found)
    throw notFound(
      `Human-in-the-loop detail does not exist for Task Instance with id ${context.params.taskId}`,
    );
  return found;
}

const answerBody = z.object({
  chosen_options: z.array(z.string()).min(1),
  params_input: z.record(z.string(), z.unknown()).default({}),
});

function answerHitl(context: V2Context) {
  const body = readBody(answerBody, context.body);
  const { run, task } = findTask(context, pathIndex(context));
  const { hitl, taskId } = task.planned.task;
  if (!hitl || task.startAt === null) {
    throw notFound(
      `Human-in-the-loop detail does not exist for Task Instance with id ${taskId}`,
    );
  }
  if (task.state === 'success' || run.context.touch?.answers.has(taskId)) {
    throw new ApiError(
      409,
      `Human-in-the-loop detail has already been updated for Task Instance with id ${taskId} and is not allowed to write again.`,
    );
  }
  if (body.chosen_options.some(o => !hitl.options.includes(o))) {
    throw new ApiError(
      400,
      `options ${JSON.stringify(body.chosen_options)} not in ${JSON.stringify(
        hitl.options,
      )}`,
    );
  }
  const { actions, simulation } = context.cluster;
  actions.answer(
    run,
    taskId,
    body.chosen_options,
    body.params_input,
    context.user.name,
  );
  return {
    responded_by: { id: context.user.name, name: context.user.name },
    responded_at: v2Time(simulation.now()),
    chosen_options: body.chosen_options,
    params_input: body.params_input,
  };
}

const RUN = '/dags/:dagId/dagRuns/:runId';
const DETAIL = `${RUN}/taskInstances/:taskId/:mapIndex/hitlDetails`;

export const hitlRoutes: V2Route[] = [
  {
    method: 'get',
    path: `${RUN}/hitlDetails`,
    since: '3.1',
    handle: hitlDetails,
  },
  { method: 'get', path: DETAIL, since: '3.1', handle: hitlDetail },
  { method: 'patch', path: DETAIL, since: '3.1', handle: answerHitl },
];
