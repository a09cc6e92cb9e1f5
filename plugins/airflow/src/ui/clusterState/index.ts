export { ClockSkew } from './ClockSkew';
export { ClusterCounts } from './ClusterCounts';
export { clusterGlyphs, clusterWords } from './clusterWords';
export { ComponentLights } from './ComponentLights';
