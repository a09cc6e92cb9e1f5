import { FleetDefinition } from '../fleet/types';
import { Actions } from './actions';
import { ClusterSimulation } from './cluster';
import { RunQueries } from './runQuery';

/** A cluster with everything that the APIs ask of it. */
export interface LiveCluster {
  simulation: ClusterSimulation;
  runs: RunQueries;
  actions: Actions;
  reachable: boolean;
  startedAt: number;
}

/** Brings a fleet's definition to life. */
export function liveFleet(
  fleet: FleetDefinition,
  seed: number,
  clock: () => number,
): Map<string, LiveCluster> {
  const clusters = new Map<string, LiveCluster>();
  for (const definition of fleet.clusters) {
    const simulation = new ClusterSimulation(definition, seed, clock);
    clusters.set(definition.name, {
      simulation,
      runs: new RunQueries(simulation),
      actions: new Actions(simulation),
      reachable: definition.reachable,
      startedAt: clock() - 3 * 86_400_000,
    });
  }
  return clusters;
}
