import { versionsOf } from '../../api/dagSource';
import { renderedFields } from '../../api/renderedFields';
import { seconds, v2Time } from '../../api/time';
import { ClusterSimulation } from '../../simulation/cluster';
import { graphOf } from '../../simulation/graph';
import { uuidOf } from '../../simulation/random';
import { RunFacts } from '../../simulation/run';
import { Attempt } from '../../simulation/attempts';
import { TaskFacts } from '../../simulation/taskFacts';
import { incidental } from '../../simulation/taskInstances';
import { TaskRow } from '../../simulation/taskQuery';
import { v2DagVersion } from './dagVersion';
import { since } from './since';
import { operatorName } from './task';

/** Fields that both a task instance and its history have. */
function attemptFields(
  cluster: ClusterSimulation,
  run: RunFacts,
  task: TaskFacts,
) {
  const definition = task.planned.task;
  const started = task.startAt !== null && task.tryNumber > 0;
  return {
    task_id: definition.taskId,
    dag_id: run.dag.dagId,
    dag_run_id: run.runId,
    map_index: task.mapIndex,
    max_tries: task.maxTries,
    task_display_name: definition.displayName ?? definition.taskId,
    ...since(cluster, '3.1', { dag_display_name: run.dag.displayName }),
    hostname: started ? 'worker-0' : '',
    unixname: 'airflow',
    pool: definition.pool,
    pool_slots: 1,
    queue: definition.queue,
    priority_weight: graphOf(run.dag).descendants(definition.taskId).size + 1,
    operator: definition.operator,
    ...since(cluster, '3.1', { operator_name: operatorName(definition) }),
    pid: started ? 1000 + (incidental(run.context, task, 1) % 30000) : null,
    executor: null,
    executor_config: '{}',
    dag_version: v2DagVersion(cluster, run.dag, versionsOf(run.dag)),
  };
}

function trigger(cluster: ClusterSimulation, task: TaskFacts) {
  if (task.state !== 'deferred') return null;
  return {
    id: 1 + (task.planned.hash % 1000),
    classpath: 'airflow.providers.standard.triggers.temporal.DateTimeTrigger',
    kwargs: '{}',
    created_date: v2Time(task.startAt),
    ...since(cluster, '3.2', { queue: null }),
    triggerer_id: 2,
  };
}

export function v2TaskInstance(
  cluster: ClusterSimulation,
  run: RunFacts,
  task: TaskFacts,
) {
  const { taskId } = task.planned.task;
  return {
    id: uuidOf(
      `${cluster.name}/${run.dag.dagId}/${run.runId}/${taskId}/${task.mapIndex}/${task.tryNumber}`,
    ),
    logical_date: v2Time(run.logicalDate),
    run_after: v2Time(run.runAfter),
    start_date: v2Time(task.startAt),
    end_date: v2Time(task.endAt),
    duration: seconds(task.startAt, task.endAt),
    state: task.state,
    try_number: task.tryNumber,
    ...attemptFields(cluster, run, task),
    queued_when: v2Time(task.queuedAt),
    scheduled_when: v2Time(task.scheduledAt),
    note: task.note,
    rendered_map_index: task.mapIndex >= 0 ? String(task.mapIndex) : null,
    rendered_fields: renderedFields(run, task),
    trigger: trigger(cluster, task),
    triggerer_job: null,
  };
}

export function v2TaskInstances(cluster: ClusterSimulation, rows: TaskRow[]) {
  return rows.map(r => v2TaskInstance(cluster, r.run, r.task));
}

export function v2Try(
  cluster: ClusterSimulation,
  run: RunFacts,
  task: TaskFacts,
  attempt: Attempt,
) {
  return {
    ...attemptFields(cluster, run, task),
    start_date: v2Time(attempt.startAt),
    end_date: v2Time(attempt.endAt),
    duration: seconds(attempt.startAt, attempt.endAt),
    state: attempt.outcome,
    try_number: attempt.tryNumber,
    queued_when: v2Time(attempt.queuedAt),
    scheduled_when: v2Time(attempt.scheduledAt),
  };
}
