export type { AirflowConfig, ClusterConfig } from './types';
