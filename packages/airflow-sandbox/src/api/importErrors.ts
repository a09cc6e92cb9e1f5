import { ClusterSimulation } from '../simulation/cluster';

/** The files that could not be imported by now, numbered as they were found. */
export function importErrorsOf(cluster: ClusterSimulation) {
  return cluster.definition.importErrors
    .filter(e => e.timestamp <= cluster.now())
    .map((e, i) => ({ id: i + 1, ...e }));
}
