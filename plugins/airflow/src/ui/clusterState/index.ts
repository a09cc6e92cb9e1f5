export { ClockSkew } from './ClockSkew';
export { ClusterCounts } from './ClusterCounts';
export { clusterWords } from './clusterWords';
export { ComponentLights } from './ComponentLights';
