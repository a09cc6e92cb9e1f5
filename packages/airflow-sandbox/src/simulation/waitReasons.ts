import type { ClusterSimulation } from './cluster';
import type { RunFacts } from './run';
import { graphOf } from './graph';
import type { TaskFacts } from './taskFacts';

/** Why a task that has not started yet does not start, in the words of Airflow. */
export function waitReasons(
  cluster: ClusterSimulation,
  run: RunFacts,
  task: TaskFacts,
): { name: string; reason: string }[] {
  if (task.state !== null) return [];
  const { upstream, triggerRule } = task.planned.task;
  const { byId } = graphOf(run.dag);
  const above = upstream
    .map(id => byId.get(id))
    .filter(planned => planned !== undefined)
    .flatMap(planned => [...cluster.tasksOf(run, planned)]);
  const open = above.filter(({ state }) => state !== 'success');
  const state = {
    name: 'Task Instance State',
    reason: "Task is in the 'None' state.",
  };
  if (open.length === 0) return [state];
  const count = (wanted: TaskFacts['state']) =>
    above.filter(one => one.state === wanted).length;
  const states = `_UpstreamTIStates(success=${count(
    'success',
  )}, skipped=${count('skipped')}, failed=${count(
    'failed',
  )}, upstream_failed=${count('upstream_failed')}, removed=0, done=${
    above.length - open.length
  }, success_setup=0, skipped_setup=0)`;
  const ids = upstream.map(id => `'${id}'`).join(', ');
  return [
    state,
    {
      name: 'Trigger Rule',
      reason: `Task's trigger rule '${triggerRule}' requires all upstream tasks to have succeeded, but found ${open.length} non-success(es). upstream_states=${states}, upstream_task_ids={${ids}}`,
    },
  ];
}
