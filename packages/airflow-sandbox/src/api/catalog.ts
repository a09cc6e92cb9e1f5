import { DagDefinition } from '../fleet/types';
import { ClusterSimulation } from '../simulation/cluster';
import { hashText } from '../simulation/random';

/** An asset (a dataset, in 2.x) with who writes it and who waits for it. */
export interface AssetFacts {
  id: number;
  uri: string;
  name: string;
  createdAt: number;
  producers: Array<{ dag: DagDefinition; taskId: string }>;
  consumers: DagDefinition[];
}

/** One writing of an asset. */
export interface AssetEventFacts {
  id: number;
  asset: AssetFacts;
  at: number;
  sourceDagId: string;
  sourceTaskId: string;
  sourceRunId: string;
}

/** Every asset that a DAG of the cluster writes or waits for. */
export function assetsOf(cluster: ClusterSimulation): AssetFacts[] {
  const assets = new Map<string, AssetFacts>();
  const get = (uri: string, dag: DagDefinition) => {
    let asset = assets.get(uri);
    if (!asset) {
      asset = {
        id: assets.size + 1,
        uri,
        name: uri,
        createdAt: dag.startDate,
        producers: [],
        consumers: [],
      };
      assets.set(uri, asset);
    }
    return asset;
  };
  for (const dag of cluster.dags()) {
    for (const task of dag.tasks) {
      for (const uri of task.outlets ?? []) {
        get(uri, dag).producers.push({ dag, taskId: task.taskId });
      }
    }
    if (dag.schedule.kind === 'assets') {
      for (const uri of dag.schedule.uris) get(uri, dag).consumers.push(dag);
    }
  }
  return [...assets.values()];
}

const EVENT_DAYS = 3;

/** Writings of the last days, oldest first. */
export function assetEventsOf(cluster: ClusterSimulation): AssetEventFacts[] {
  const now = cluster.now();
  const events: AssetEventFacts[] = [];
  for (const asset of assetsOf(cluster)) {
    for (const { dag, taskId } of asset.producers) {
      const from = now - EVENT_DAYS * 86_400_000;
      const refs = [
        ...cluster.scheduledRefs(dag, from, now),
        ...cluster.manualRefs(dag, from, now),
      ];
      for (const ref of refs) {
        const run = cluster.facts(ref);
        if (run.state !== 'success' || run.endAt === null) continue;
        events.push({
          id: hashText(`${asset.uri}${run.runId}`) % 1_000_000,
          asset,
          at: run.endAt,
          sourceDagId: dag.dagId,
          sourceTaskId: taskId,
          sourceRunId: run.runId,
        });
      }
    }
  }
  return events.sort((a, b) => a.at - b.at);
}

/** How a pool is used right now. */
export interface PoolUse {
  running: number;
  queued: number;
  scheduled: number;
  deferred: number;
}

const BUSY_SPAN = 6 * 3_600_000;

/** Counts what runs in each pool, from the runs that are under way. */
export function poolUse(cluster: ClusterSimulation): Map<string, PoolUse> {
  const use = new Map<string, PoolUse>();
  const now = cluster.now();
  for (const dag of cluster.dags()) {
    const from = now - Math.min(BUSY_SPAN, cluster.maxSpan(dag));
    const refs = [
      ...cluster.scheduledRefs(dag, from, now),
      ...cluster.manualRefs(dag, from, now),
    ];
    for (const ref of refs) {
      const run = cluster.facts(ref);
      if (run.state !== 'running') continue;
      for (const task of cluster.taskInstances(run)) {
        const { pool } = task.planned.task;
        const counts = use.get(pool) ?? {
          running: 0,
          queued: 0,
          scheduled: 0,
          deferred: 0,
        };
        if (task.state === 'running') counts.running++;
        else if (task.state === 'queued') counts.queued++;
        else if (task.state === 'scheduled') counts.scheduled++;
        else if (task.state === 'deferred') counts.deferred++;
        use.set(pool, counts);
      }
    }
  }
  return use;
}

/** How many versions of a DAG there are. */
export function versionsOf({ versions = 1 }: DagDefinition): number {
  return versions;
}

/** The Python file of a DAG, told from its definition; an earlier version lacks the tasks that came later. */
export function dagSource(
  dag: DagDefinition,
  version: number = versionsOf(dag),
): string {
  const tasks = dag.tasks.slice(
    0,
    dag.tasks.length - (versionsOf(dag) - version),
  );
  const { schedule } = dag;
  const when = (() => {
    switch (schedule.kind) {
      case 'cron':
        return schedule.timetable
          ? `${schedule.timetable}()`
          : JSON.stringify(schedule.expression);
      case 'interval':
        return `timedelta(seconds=${schedule.seconds})`;
      case 'continuous':
        return '"@continuous"';
      case 'assets':
        return `[${schedule.uris.map(u => `Asset(${JSON.stringify(u)})`)}]`;
      default:
        return 'None';
    }
  })();
  const zone = schedule.kind === 'cron' ? schedule.timezone : 'UTC';
  const functionName = dag.dagId.replace(/\W/g, '_');
  const lines = [
    'from __future__ import annotations',
    '',
    'import pendulum',
    'from airflow.sdk import dag, task',
    '',
    '',
    '@dag(',
    `    dag_id=${JSON.stringify(dag.dagId)},`,
    `    schedule=${when},`,
    `    start_date=pendulum.datetime(2026, 1, 1, tz=${JSON.stringify(zone)}),`,
    `    tags=${JSON.stringify(dag.tags)},`,
    `    default_args={"owner": ${JSON.stringify(dag.owners.join(','))}},`,
    ')',
    `def ${functionName}():`,
  ];
  for (const task of tasks) {
    const name = task.taskId.replace(/\W/g, '_');
    lines.push(
      `    @task(task_id=${JSON.stringify(task.taskId)}, retries=${
        task.retries
      })`,
      `    def ${name}():`,
      '        ...',
      '',
    );
  }
  for (const task of tasks) {
    if (task.upstream.length === 0) continue;
    const above = task.upstream.map(id => id.replace(/\W/g, '_')).join(', ');
    lines.push(`    [${above}] >> ${task.taskId.replace(/\W/g, '_')}`);
  }
  return [...lines, '', '', `${functionName}()`, ''].join('\n');
}
