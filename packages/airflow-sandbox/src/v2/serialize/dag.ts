import {
  fileloc,
  fileToken,
  parsedAt,
  timetableDescription,
} from '../../api/dagFields';
import { versionsOf } from '../../api/dagSource';
import { v2Time } from '../../api/time';
import { DagDefinition } from '../../fleet/types';
import { ClusterSimulation } from '../../simulation/cluster';
import { hashText } from '../../simulation/random';
import { isPeriodic, isTimed } from '../../simulation/schedule';
import { v2DagVersion } from './dagVersion';
import { since } from './since';

function duration(total: number): string {
  const hours = Math.floor(total / 3600);
  const minutes = String(Math.floor((total % 3600) / 60)).padStart(2, '0');
  return `${hours}:${minutes}:${String(total % 60).padStart(2, '0')}`;
}

function timetableSummary(dag: DagDefinition): string {
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
    fileloc: fileloc(cluster, dag),
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
    next_dagrun_logical_date: v2Time(next?.logical),
    next_dagrun_data_interval_start: v2Time(next?.logical),
    next_dagrun_data_interval_end: v2Time(next?.intervalEnd),
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
