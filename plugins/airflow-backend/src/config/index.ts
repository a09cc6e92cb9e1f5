export { readAirflowConfig } from './readAirflowConfig';
export type {
  AirflowConfig,
  AlertsConfig,
  ClusterConfig,
  LinksConfig,
  Route,
} from './types';
