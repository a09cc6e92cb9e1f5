import { seconds, v1Time } from '../api/time';
import { AssetEventFacts, AssetFacts } from '../api/assets';
import {
  fileloc,
  fileToken,
  parsedAt,
  timetableDescription,
} from '../api/dagFields';
import { renderedFields } from '../api/renderedFields';
import { DagDefinition, TaskDefinition } from '../fleet/types';
import { graphOf } from '../simulation/graph';
import { ClusterSimulation } from '../simulation/cluster';
import { RunFacts } from '../simulation/run';
import { isTimed } from '../simulation/schedule';
import { Attempt } from '../simulation/attempts';
import { TaskFacts } from '../simulation/taskFacts';
import { incidental } from '../simulation/taskInstances';

function scheduleInterval(dag: DagDefinition): object | null {
  const { schedule } = dag;
  switch (schedule.kind) {
    case 'cron':
      return {
        __type: 'CronExpression',
        value: schedule.timetable ?? schedule.expression,
      };
    case 'interval':
      return {
        __type: 'TimeDelta',
        days: Math.floor(schedule.seconds / 86_400),
        seconds: schedule.seconds % 86_400,
        microseconds: 0,
      };
    case 'continuous':
      return { __type: 'CronExpression', value: '@continuous' };
    case 'assets':
      return { __type: 'CronExpression', value: 'Dataset' };
    default:
      return null;
  }
}

export function v1Dag(cluster: ClusterSimulation, dag: DagDefinition) {
  const next = isTimed(dag) ? cluster.nextRun(dag) : undefined;
  return {
    dag_display_name: dag.displayName,
    dag_id: dag.dagId,
    default_view: 'grid',
    description: dag.description ?? null,
    file_token: fileToken(cluster, dag),
    fileloc: fileloc(cluster, dag),
    has_import_errors: dag.hasImportErrors ?? false,
    has_task_concurrency_limits: false,
    is_active: !dag.stale,
    is_paused: cluster.isPaused(dag),
    is_subdag: false,
    last_expired: null,
    last_parsed_time: v1Time(parsedAt(cluster, dag)),
    last_pickled: null,
    max_active_runs: dag.maxActiveRuns,
    max_active_tasks: 16,
    max_consecutive_failed_dag_runs: 0,
    next_dagrun: v1Time(next?.logical),
    next_dagrun_create_after: v1Time(next?.runAfter),
    next_dagrun_data_interval_end: v1Time(next?.intervalEnd),
    next_dagrun_data_interval_start: v1Time(next?.logical),
    owners: dag.owners,
    pickle_id: null,
    root_dag_id: null,
    schedule_interval: scheduleInterval(dag),
    scheduler_lock: null,
    tags: dag.tags.map(name => ({ name })),
    timetable_description: timetableDescription(dag),
  };
}

export function v1DagDetails(cluster: ClusterSimulation, dag: DagDefinition) {
  return {
    ...v1Dag(cluster, dag),
    // 2.11 answers so: the details forget the owners.
    owners: [],
    catchup: dag.catchup ?? false,
    concurrency: 16,
    dag_run_timeout: null,
    dataset_expression:
      dag.schedule.kind === 'assets' ? { any: dag.schedule.uris } : null,
    doc_md: dag.docMd ?? null,
    end_date: null,
    is_paused_upon_creation: null,
    last_parsed: v1Time(parsedAt(cluster, dag)),
    orientation: 'LR',
    params: Object.fromEntries(
      Object.entries(dag.params).map(([name, p]) => [
        name,
        {
          __class: 'airflow.models.param.Param',
          value: p.value,
          description: p.description ?? null,
          schema: p.schema,
        },
      ]),
    ),
    render_template_as_native_obj: false,
    start_date: v1Time(dag.startDate),
    template_search_path: null,
    timezone: 'UTC',
  };
}

const RUN_TYPES: Record<string, string> = {
  asset_triggered: 'dataset_triggered',
  operator_triggered: 'manual',
};

export function v1Run(run: RunFacts) {
  const logical = v1Time(run.logicalDate ?? run.runAfter);
  return {
    conf: run.conf,
    dag_id: run.dag.dagId,
    dag_run_id: run.runId,
    data_interval_end: v1Time(run.dataIntervalEnd),
    data_interval_start: v1Time(run.dataIntervalStart),
    end_date: v1Time(run.endAt),
    execution_date: logical,
    external_trigger: run.runType === 'manual',
    last_scheduling_decision: v1Time(run.endAt ?? run.startAt),
    logical_date: logical,
    note: run.note,
    run_type: RUN_TYPES[run.runType] ?? run.runType,
    start_date: v1Time(run.startAt),
    state: run.state,
  };
}

/** Fields that both a task instance and its history have. */
function attemptFields(run: RunFacts, task: TaskFacts) {
  const definition = task.planned.task;
  const started = task.startAt !== null && task.tryNumber > 0;
  return {
    dag_id: run.dag.dagId,
    dag_run_id: run.runId,
    executor: null,
    executor_config: '{}',
    hostname: started ? 'worker-0' : '',
    map_index: task.mapIndex,
    max_tries: task.maxTries,
    operator: definition.operator,
    pid: started ? 1000 + (incidental(run.context, task, 1) % 30000) : null,
    pool: definition.pool,
    pool_slots: 1,
    priority_weight: graphOf(run.dag).descendants(definition.taskId).size + 1,
    queue: definition.queue,
    task_display_name: definition.displayName ?? definition.taskId,
    task_id: definition.taskId,
    unixname: 'airflow',
  };
}

export function v1TaskInstance(run: RunFacts, task: TaskFacts) {
  return {
    ...attemptFields(run, task),
    duration: seconds(task.startAt, task.endAt),
    end_date: v1Time(task.endAt),
    execution_date: v1Time(run.logicalDate ?? run.runAfter),
    note: task.note,
    queued_when: v1Time(task.queuedAt),
    rendered_fields: renderedFields(run, task),
    rendered_map_index: null,
    sla_miss: null,
    start_date: v1Time(task.startAt),
    state: task.state,
    trigger: null,
    triggerer_job: null,
    try_number: task.tryNumber,
  };
}

export function v1Try(run: RunFacts, task: TaskFacts, attempt: Attempt) {
  return {
    ...attemptFields(run, task),
    duration: seconds(attempt.startAt, attempt.endAt),
    end_date: v1Time(attempt.endAt),
    queued_when: v1Time(attempt.queuedAt),
    start_date: v1Time(attempt.startAt),
    state: attempt.outcome,
    try_number: attempt.tryNumber,
  };
}

export function v1Reference(run: RunFacts, task: TaskFacts) {
  return {
    dag_id: run.dag.dagId,
    dag_run_id: run.runId,
    execution_date: v1Time(run.logicalDate ?? run.runAfter),
    task_id: task.planned.task.taskId,
  };
}

export function v1Task(dag: DagDefinition, task: TaskDefinition) {
  return {
    class_ref: { class_name: task.operator, module_path: task.module },
    depends_on_past: false,
    doc_md: task.docMd ?? null,
    downstream_task_ids:
      graphOf(dag).byId.get(task.taskId)?.downstream.slice().sort() ?? [],
    end_date: null,
    execution_timeout: null,
    extra_links: [],
    is_mapped: task.mapped !== undefined,
    operator_name: task.operator,
    owner: dag.owners[0] ?? 'airflow',
    params: {},
    pool: task.pool,
    pool_slots: 1,
    priority_weight: 1,
    queue: task.queue,
    retries: task.retries,
    retry_delay: { __type: 'TimeDelta', days: 0, seconds: 60, microseconds: 0 },
    retry_exponential_backoff: false,
    start_date: v1Time(dag.startDate),
    sub_dag: null,
    task_display_name: task.displayName ?? task.taskId,
    task_id: task.taskId,
    template_fields: ['templates_dict', 'op_args', 'op_kwargs'],
    trigger_rule: task.triggerRule,
    ui_color: '#ffefeb',
    ui_fgcolor: '#000',
    wait_for_downstream: false,
    weight_rule: 'downstream',
  };
}

export function v1Dataset(asset: AssetFacts) {
  const created_at = v1Time(asset.createdAt);
  const times = { created_at, updated_at: created_at };
  return {
    consuming_dags: asset.consumers.map(d => ({ dag_id: d.dagId, ...times })),
    ...times,
    extra: {},
    id: asset.id,
    producing_tasks: asset.producers.map(p => ({
      dag_id: p.dag.dagId,
      task_id: p.taskId,
      ...times,
    })),
    uri: asset.uri,
  };
}

export function v1DatasetEvent(event: AssetEventFacts) {
  return {
    created_dagruns: [],
    dataset_id: event.asset.id,
    dataset_uri: event.asset.uri,
    extra: {},
    id: event.id,
    source_dag_id: event.sourceDagId,
    source_map_index: -1,
    source_run_id: event.sourceRunId,
    source_task_id: event.sourceTaskId,
    timestamp: v1Time(event.at),
  };
}
