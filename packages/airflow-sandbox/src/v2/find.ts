import { DagDefinition } from '../fleet/types';
import { graphOf, PlannedTask } from '../simulation/graph';
import { RunFacts } from '../simulation/run';
import { TaskFacts } from '../simulation/taskFacts';
import { invalid, notFound } from './errors';
import { V2Context } from './route';

export function findDag(context: V2Context, detail?: string): DagDefinition {
  const { dagId } = context.params;
  const dag = context.cluster.simulation.dagBag.get(dagId);
  if (!dag) {
    throw notFound(detail ?? `The Dag with ID: \`${dagId}\` was not found`);
  }
  return dag;
}

export function findRun(context: V2Context, prefix = 'The '): RunFacts {
  const { dagId, runId } = context.params;
  const { simulation } = context.cluster;
  const dag = simulation.dagBag.get(dagId);
  const run = dag && simulation.findRun(dag, runId);
  if (!run) {
    throw notFound(
      `${prefix}DagRun with dag_id: \`${dagId}\` and run_id: \`${runId}\` was not found`,
    );
  }
  return run;
}

function describe(context: V2Context, mapIndex?: number): string {
  const { dagId, runId, taskId } = context.params;
  return mapIndex === undefined
    ? `The Task Instance with dag_id: \`${dagId}\`, run_id: \`${runId}\` and task_id: \`${taskId}\` was not found`
    : `The Task Instance with dag_id: \`${dagId}\`, run_id: \`${runId}\`, task_id: \`${taskId}\` and map_index: \`${mapIndex}\` was not found`;
}

export interface FoundTask {
  run: RunFacts;
  planned: PlannedTask;
  task: TaskFacts;
}

/** The task instance that a path names, with its map index if it has one. */
export function findTask(context: V2Context, mapIndex: number): FoundTask {
  const { dagId, runId, taskId } = context.params;
  const { simulation } = context.cluster;
  const dag = simulation.dagBag.get(dagId);
  const run = dag && simulation.findRun(dag, runId);
  const planned = run && graphOf(run.dag).byId.get(taskId);
  const task =
    run && planned && simulation.taskInstance(run, planned, mapIndex);
  if (!task) throw notFound(describe(context, mapIndex));
  return { run, planned, task };
}

/** The same for paths that leave the map index out. */
export function findPlainTask(context: V2Context): FoundTask {
  const { dagId, runId, taskId } = context.params;
  const { simulation } = context.cluster;
  const dag = simulation.dagBag.get(dagId);
  const run = dag && simulation.findRun(dag, runId);
  const planned = run && graphOf(run.dag).byId.get(taskId);
  if (!run || !planned) throw notFound(describe(context));
  const task = simulation.taskInstance(run, planned, -1);
  if (!task) {
    throw notFound(
      'Task instance is mapped, add the map_index value to the URL',
    );
  }
  return { run, planned, task };
}

export function pathIndex(context: V2Context): number {
  const text = context.params.mapIndex;
  if (/^-?\d+$/.test(text)) return Number(text);
  throw invalid({
    type: 'int_parsing',
    loc: ['path', 'map_index'],
    msg: 'Input should be a valid integer, unable to parse string as an integer',
    input: text,
  });
}

/** The map index where a path leaves it out and the query may give it. */
export function queryIndex(context: V2Context): number {
  return context.query.integer('map_index') ?? -1;
}
