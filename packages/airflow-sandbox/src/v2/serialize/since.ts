import { ClusterSimulation } from '../../simulation/cluster';

/** Keys that a server of this version has; older ones leave them out. */
export function since(
  cluster: ClusterSimulation,
  version: string,
  keys: object,
): object {
  return cluster.isAtLeast(version) ? keys : {};
}
