import { AssetEventFacts, AssetFacts } from '../api/assets';
import { versionsOf } from '../api/dagSource';
import { seconds, v2Time } from '../api/time';
import { DagDefinition, TaskDefinition } from '../fleet/types';
import { DAY } from '../simulation/cron';
import { ClusterSimulation } from '../simulation/cluster';
import { RunFacts } from '../simulation/run';
import { graphOf } from '../simulation/graph';
import { jobsOf } from '../simulation/health';
import { hashText, uuidOf } from '../simulation/random';
import { isPeriodic, isTimed } from '../simulation/schedule';
import { Attempt, incidental, TaskFacts } from '../simulation/taskInstances';
import { TaskRow } from '../simulation/taskQuery';
import {
  fileToken,
  parsedAt,
  renderedFields,
  timetableDescription,
} from '../v1/serialize';

/** Keys that a server of this version has; older ones leave them out. */
function since(
  cluster: ClusterSimulation,
  version: string,
  keys: object,
): object {
  return cluster.isAtLeast(version) ? keys : {};
}

function duration(total: number): string {
  const hours = Math.floor(total / 3600);
  const minutes = String(Math.floor((total % 3600) / 60)).padStart(2, '0');
  return `${hours}:${minutes}:${String(total % 60).padStart(2, '0')}`;
}

export function timetableSummary(dag: DagDefinition): string {
  const { schedule } = dag;
  switch (schedule.kind) {
    case 'cron':
      return schedule.timetable ?? schedule.expression;
    case 'interval':
      return duration(schedule.seconds);
    case 'continuous':
      return '@continuous';
    case 'assets':
      return 'Asset';
    default:
      return 'None';
  }
}

export function v2Dag(cluster: ClusterSimulation, dag: DagDefinition) {
  const next = isTimed(dag) ? cluster.nextRun(dag) : undefined;
  const assets = dag.schedule.kind === 'assets';
  return {
    dag_id: dag.dagId,
    dag_display_name: dag.displayName,
    is_paused: cluster.isPaused(dag),
    is_stale: dag.stale ?? false,
    last_parsed_time: v2Time(parsedAt(cluster, dag)),
    ...since(cluster, '3.1', {
      last_parse_duration: 0.1 + (hashText(dag.dagId) % 400) / 1000,
    }),
    last_expired: null,
    bundle_name: 'dags-folder',
    bundle_version: null,
    relative_fileloc: dag.relativeFile,
    fileloc: `${cluster.definition.dagsFolder}/${dag.relativeFile}`,
    description: dag.description ?? null,
    timetable_summary: timetableSummary(dag),
    timetable_description: assets
      ? 'Triggered by assets'
      : timetableDescription(dag),
    ...since(cluster, '3.2', { timetable_partitioned: false }),
    ...since(cluster, '3.3', { timetable_periodic: isPeriodic(dag) }),
    tags: [...dag.tags].sort().map(name => ({
      name,
      dag_id: dag.dagId,
      ...since(cluster, '3.1', { dag_display_name: dag.displayName }),
    })),
    max_active_tasks: 16,
    max_active_runs: dag.maxActiveRuns,
    max_consecutive_failed_dag_runs: 0,
    has_task_concurrency_limits: false,
    has_import_errors: dag.hasImportErrors ?? false,
    next_dagrun_logical_date: v2Time(next?.logicalDate),
    next_dagrun_data_interval_start: v2Time(next?.logicalDate),
    next_dagrun_data_interval_end: v2Time(next?.runAfter),
    next_dagrun_run_after: v2Time(next?.runAfter),
    ...since(cluster, '3.2', { allowed_run_types: null }),
    owners: dag.owners,
    ...since(cluster, '3.3', { is_backfillable: isPeriodic(dag) }),
    file_token: fileToken(cluster, dag),
  };
}

function assetExpression(dag: DagDefinition): object | null {
  if (dag.schedule.kind !== 'assets') return null;
  return {
    all: dag.schedule.uris.map(uri => ({
      asset: { uri, name: uri, group: 'asset' },
    })),
  };
}

export function v2DagDetails(
  cluster: ClusterSimulation,
  dag: DagDefinition,
  activeRuns: number,
) {
  return {
    ...v2Dag(cluster, dag),
    catchup: dag.catchup ?? false,
    dag_run_timeout: null,
    asset_expression: assetExpression(dag),
    doc_md: dag.docMd ?? null,
    start_date: v2Time(dag.startDate),
    end_date: null,
    is_paused_upon_creation: null,
    params: Object.fromEntries(
      Object.entries(dag.params).map(([name, p]) => [
        name,
        {
          value: p.value,
          schema: p.schema,
          description: p.description ?? null,
          source: null,
        },
      ]),
    ),
    render_template_as_native_obj: false,
    template_search_path: null,
    timezone: 'UTC',
    last_parsed: v2Time(parsedAt(cluster, dag)),
    default_args: { owner: dag.owners.join(',') },
    ...since(cluster, '3.3', { rerun_with_latest_version: null }),
    owner_links: {},
    ...since(cluster, '3.1', {
      is_favorite: cluster.overlay.favorites.has(dag.dagId),
    }),
    ...since(cluster, '3.2', { active_runs_count: activeRuns }),
    concurrency: 16,
    latest_dag_version: v2DagVersion(cluster, dag, versionsOf(dag)),
  };
}

export function v2DagVersion(
  cluster: ClusterSimulation,
  dag: DagDefinition,
  number: number,
) {
  return {
    id: uuidOf(`${cluster.name}/${dag.dagId}/v${number}`),
    version_number: number,
    dag_id: dag.dagId,
    bundle_name: 'dags-folder',
    bundle_version: null,
    created_at: v2Time(dag.startDate + (number - 1) * 7 * DAY),
    ...since(cluster, '3.1', { dag_display_name: dag.displayName }),
    bundle_url: null,
  };
}

function triggeredBy(run: RunFacts): string {
  if (run.runType === 'backfill') return 'backfill';
  if (run.manual) return 'rest_api';
  if (run.runType === 'asset_triggered') return 'asset';
  return run.runType === 'manual' ? 'ui' : 'timetable';
}

export function v2Run(cluster: ClusterSimulation, run: RunFacts) {
  return {
    dag_run_id: run.runId,
    dag_id: run.dag.dagId,
    logical_date: v2Time(run.logicalDate),
    queued_at: v2Time(run.queuedAt),
    start_date: v2Time(run.startAt),
    end_date: v2Time(run.endAt),
    ...since(cluster, '3.1', { duration: seconds(run.startAt, run.endAt) }),
    data_interval_start: v2Time(run.dataIntervalStart),
    data_interval_end: v2Time(run.dataIntervalEnd),
    run_after: v2Time(run.runAfter),
    last_scheduling_decision: v2Time(run.endAt ?? run.startAt),
    run_type: run.runType,
    state: run.state,
    triggered_by: triggeredBy(run),
    ...since(cluster, '3.1', { triggering_user_name: run.user }),
    conf: run.conf,
    note: run.note,
    dag_versions:
      run.startAt === null
        ? []
        : [v2DagVersion(cluster, run.dag, versionsOf(run.dag))],
    bundle_version: null,
    ...since(cluster, '3.1', { dag_display_name: run.dag.displayName }),
    ...since(cluster, '3.2', {
      partition_key: run.manual?.partitionKey ?? null,
    }),
    ...since(cluster, '3.3', { partition_date: null }),
  };
}

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

function operatorName(task: TaskDefinition): string {
  return task.operator === '_PythonDecoratedOperator' ? '@task' : task.operator;
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

export function v2Job(
  cluster: ClusterSimulation,
  job: ReturnType<typeof jobsOf>[number],
) {
  return {
    id: job.id,
    dag_id: null,
    state: job.state,
    job_type: job.jobType,
    start_date: v2Time(job.startDate),
    end_date: null,
    latest_heartbeat: v2Time(job.heartbeat),
    executor_class: job.jobType === 'SchedulerJob' ? 'LocalExecutor' : null,
    hostname: job.hostname,
    unixname: 'airflow',
    ...since(cluster, '3.1', { dag_display_name: null }),
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

export function v2Asset(
  cluster: ClusterSimulation,
  asset: AssetFacts,
  last: AssetEventFacts | undefined,
) {
  const created_at = v2Time(asset.createdAt);
  const times = { created_at, updated_at: created_at };
  const consumers = asset.consumers.map(d => ({ dag_id: d.dagId, ...times }));
  return {
    id: asset.id,
    name: asset.name,
    uri: asset.uri,
    group: 'asset',
    extra: {},
    ...times,
    ...(cluster.isAtLeast('3.1')
      ? {
          scheduled_dags: consumers,
          consuming_tasks: [],
          last_asset_event: last
            ? { id: last.id, timestamp: v2Time(last.at) }
            : { id: null, timestamp: null },
        }
      : { consuming_dags: consumers }),
    producing_tasks: asset.producers.map(p => ({
      dag_id: p.dag.dagId,
      task_id: p.taskId,
      ...times,
    })),
    aliases: [],
    ...since(cluster, '3.2', { watchers: [] }),
  };
}

export function v2AssetEvent(event: AssetEventFacts) {
  return {
    id: event.id,
    asset_id: event.asset.id,
    uri: event.asset.uri,
    name: event.asset.name,
    group: 'asset',
    extra: {},
    source_task_id: event.sourceTaskId,
    source_dag_id: event.sourceDagId,
    source_run_id: event.sourceRunId,
    source_map_index: -1,
    created_dagruns: [],
    timestamp: v2Time(event.at),
    partition_key: null,
  };
}
