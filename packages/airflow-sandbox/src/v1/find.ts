import { DagDefinition } from '../fleet/types';
import { graphOf } from '../simulation/graph';
import { RunFacts } from '../simulation/run';
import { TaskRow } from '../simulation/taskQuery';
import { notFound, Problem, V1Context } from './http';

export function findDag(context: V1Context): DagDefinition {
  const { dagId } = context.params;
  const dag = context.cluster.simulation.dagBag.get(dagId);
  if (!dag) {
    throw notFound(
      'DAG not found',
      `The DAG with dag_id: ${dagId} was not found`,
    );
  }
  return dag;
}

export function findRun(
  context: V1Context,
  missing: (dagId: string, runId: string) => Problem = (dagId, runId) =>
    notFound(
      'DAGRun not found',
      `DAGRun with DAG ID: '${dagId}' and DagRun ID: '${runId}' not found`,
    ),
): RunFacts {
  const { dagId, runId } = context.params;
  const dag = context.cluster.simulation.dagBag.get(dagId);
  const run = dag && context.cluster.simulation.findRun(dag, runId);
  if (!run) throw missing(dagId, runId);
  return run;
}

/** What routes that change a run say when there is none. */
export const missingRun = (dagId: string, runId: string) =>
  notFound(`Dag Run id ${runId} not found in dag ${dagId}`);

const MAPPED = () =>
  notFound(
    'Task instance not found',
    'Task instance is mapped, add the map_index value to the URL',
  );
const MISSING = () => notFound('Task instance not found');

export function mapIndexOf(context: V1Context): number {
  const text = context.params.mapIndex ?? '-1';
  if (!/^-?\d+$/.test(text)) throw new Problem(404, 'Not Found');
  return Number(text);
}

/** The task instance that a path names, with its map index if it has one. */
export function findTask(context: V1Context): TaskRow {
  const run = findRun(context, MISSING);
  const planned = graphOf(run.dag).byId.get(context.params.taskId);
  if (!planned) throw MISSING();
  const mapIndex = mapIndexOf(context);
  const task = context.cluster.simulation.taskInstance(run, planned, mapIndex);
  if (task) return { run, task };
  const asked = context.params.mapIndex === undefined;
  throw asked && planned.task.mapped ? MAPPED() : MISSING();
}
