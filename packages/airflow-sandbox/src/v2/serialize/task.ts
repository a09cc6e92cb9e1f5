import { v2Time } from '../../api/time';
import { DagDefinition, TaskDefinition } from '../../fleet/types';
import { ClusterSimulation } from '../../simulation/cluster';
import { graphOf } from '../../simulation/graph';

export function operatorName(task: TaskDefinition): string {
  return task.operator === '_PythonDecoratedOperator' ? '@task' : task.operator;
}

export function v2Task(
  cluster: ClusterSimulation,
  dag: DagDefinition,
  task: TaskDefinition,
) {
  return {
    task_id: task.taskId,
    task_display_name: task.displayName ?? task.taskId,
    owner: dag.owners[0] ?? 'airflow',
    start_date: v2Time(dag.startDate),
    end_date: null,
    trigger_rule: task.triggerRule,
    depends_on_past: false,
    wait_for_downstream: false,
    retries: task.retries,
    queue: task.queue,
    pool: task.pool,
    pool_slots: 1,
    execution_timeout: null,
    retry_delay: { __type: 'TimeDelta', days: 0, seconds: 60, microseconds: 0 },
    retry_exponential_backoff: cluster.isAtLeast('3.2') ? 0 : false,
    priority_weight: 1,
    weight_rule: 'downstream',
    ui_color: '#ffefeb',
    ui_fgcolor: '#000',
    template_fields: ['templates_dict', 'op_args', 'op_kwargs'],
    downstream_task_ids: [
      ...(graphOf(dag).byId.get(task.taskId)?.downstream ?? []),
    ].sort(),
    doc_md: task.docMd ?? null,
    operator_name: operatorName(task),
    params: {},
    class_ref: { module_path: task.module, class_name: task.operator },
    is_mapped: task.mapped !== undefined,
    extra_links: [],
  };
}
