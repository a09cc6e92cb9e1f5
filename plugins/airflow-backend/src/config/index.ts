export { readAirflowConfig } from './readAirflowConfig';
export type { AirflowConfig, ClusterConfig } from './types';
