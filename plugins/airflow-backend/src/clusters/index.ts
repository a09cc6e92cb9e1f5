export { ClusterRegistry, type RegisteredCluster } from './ClusterRegistry';
export { clusterStatus, coverageOf, knownComponents } from './status';
