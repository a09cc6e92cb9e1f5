import { z } from 'zod';
import { LiveCluster } from '../simulation/fleet';
import { RunFacts } from '../simulation/run';
import { RunQuery } from '../simulation/runQuery';
import { TaskFilter } from '../simulation/taskQuery';

/** What names task instances in a body, in both versions. */
export const namedTasks = {
  dag_ids: z.array(z.string()).nullish(),
  dag_run_ids: z.array(z.string()).nullish(),
  task_ids: z.array(z.string()).nullish(),
  state: z.array(z.string().nullable()).nullish(),
  pool: z.array(z.string()).nullish(),
  queue: z.array(z.string()).nullish(),
  executor: z.array(z.string()).nullish(),
};

type NamedTasks = z.infer<z.ZodObject<typeof namedTasks>>;

/** The runs that a body names, else those of the window. */
export function runsNamed(
  { simulation, runs }: LiveCluster,
  { dag_ids: dagIds, dag_run_ids: runIds }: NamedTasks,
  window: Pick<RunQuery, 'runAfter' | 'logicalDate'>,
): RunFacts[] {
  const dags = simulation.dagBag.among(dagIds);
  if (!runIds) return runs.scan({ dags, ...window });
  return dags.flatMap(d =>
    runIds.map(r => simulation.findRun(d, r)).filter(r => r !== undefined),
  );
}

/** The part of a body's conditions that both versions read alike. */
export function filterOfNamed(body: NamedTasks): TaskFilter {
  return {
    taskIds: body.task_ids ?? undefined,
    pools: body.pool ?? undefined,
    queues: body.queue ?? undefined,
    // No task of the simulation names an executor of its own.
    where: body.executor ? () => false : undefined,
  };
}
