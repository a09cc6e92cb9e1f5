import { versionsOf } from '../../api/dagSource';
import { seconds, v2Time } from '../../api/time';
import { ClusterSimulation } from '../../simulation/cluster';
import { isByHand } from '../../simulation/overlay';
import { RunFacts } from '../../simulation/run';
import { v2DagVersion } from './dagVersion';
import { since } from './since';

function triggeredBy(run: RunFacts): string {
  if (run.runType === 'backfill') return 'backfill';
  if (run.stored && isByHand(run.stored)) return 'rest_api';
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
      partition_key: run.stored?.partitionKey ?? null,
    }),
    ...since(cluster, '3.3', { partition_date: null }),
  };
}
