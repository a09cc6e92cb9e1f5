import { PoolDefinition } from '../fleet/types';
import { ClusterSimulation } from '../simulation/cluster';

/** How a pool is used right now. */
interface PoolUse {
  running: number;
  queued: number;
  scheduled: number;
  deferred: number;
}

const BUSY_SPAN = 6 * 3_600_000;

/** Counts what runs in each pool, from the runs that are under way. */
function poolUse(cluster: ClusterSimulation): Map<string, PoolUse> {
  const use = new Map<string, PoolUse>();
  const now = cluster.now();
  for (const dag of cluster.dagBag.all()) {
    const from = now - Math.min(BUSY_SPAN, cluster.maxSpan(dag));
    for (const ref of cluster.refs(dag, from, now)) {
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

function poolCounts(pool: PoolDefinition, use: PoolUse | undefined) {
  const { running, queued, scheduled, deferred } = use ?? {
    running: 0,
    queued: 0,
    scheduled: 0,
    deferred: 0,
  };
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
  return cluster.definition.pools.map(p => poolCounts(p, use.get(p.name)));
}
