import { PoolDefinition } from '../fleet/types';
import { ClusterSimulation } from '../simulation/cluster';
import { HOUR } from '../simulation/cron';
import { RunFacts } from '../simulation/run';

/** The states in which a task instance takes up, or waits for, a slot. */
const COUNTED = ['running', 'queued', 'scheduled', 'deferred'] as const;

/** How a pool is used right now. */
type PoolUse = Record<(typeof COUNTED)[number], number>;

const BUSY_SPAN = 6 * HOUR;

function unused(): PoolUse {
  return { running: 0, queued: 0, scheduled: 0, deferred: 0 };
}

/** Counts what runs in each pool, from the runs that are under way. */
function poolUse(cluster: ClusterSimulation): Map<string, PoolUse> {
  const use = new Map<string, PoolUse>();
  for (const run of openRuns(cluster)) {
    for (const task of cluster.taskInstances(run)) {
      const { pool } = task.planned.task;
      const counts = use.get(pool) ?? unused();
      const counted = COUNTED.find(state => state === task.state);
      if (counted) counts[counted] += 1;
      use.set(pool, counts);
    }
  }
  return use;
}

function openRuns(cluster: ClusterSimulation): RunFacts[] {
  const now = cluster.now();
  return cluster.dagBag
    .all()
    .flatMap(dag => {
      const span = Math.min(BUSY_SPAN, cluster.maxSpan(dag));
      return cluster.refs(dag, now - span, now);
    })
    .map(ref => cluster.facts(ref))
    .filter(run => run.state === 'running');
}

function poolCounts(
  pool: PoolDefinition,
  { running, queued, scheduled, deferred }: PoolUse,
) {
  const occupied = running + queued + (pool.includeDeferred ? deferred : 0);
  return {
    deferred_slots: deferred,
    description: pool.description,
    include_deferred: pool.includeDeferred,
    name: pool.name,
    occupied_slots: occupied,
    open_slots: pool.slots - occupied,
    queued_slots: queued,
    running_slots: running,
    scheduled_slots: scheduled,
    slots: pool.slots,
  };
}

/** The pools of a cluster as both versions show them. */
export function poolsOf(cluster: ClusterSimulation) {
  const use = poolUse(cluster);
  return cluster.definition.pools.map(p =>
    poolCounts(p, use.get(p.name) ?? unused()),
  );
}
