export { readAirflowConfig } from './readAirflowConfig';
export type {
  AirflowConfig,
  AlertsConfig,
  ClusterConfig,
  Route,
  WebhookConfig,
} from './types';
