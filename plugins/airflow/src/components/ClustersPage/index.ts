export { ClockSkew } from './ClockSkew';
export { ClusterCounts } from './ClusterCounts';
export { ClustersPage } from './ClustersPage';
export { clusterWords } from './clusterWords';
export { ComponentLights } from './ComponentLights';
