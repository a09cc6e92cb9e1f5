export { ClusterName } from './ClusterName';
