export { ClusterRegistry, type RegisteredCluster } from './ClusterRegistry';
export { clusterStatus, coverageOf } from './status';
