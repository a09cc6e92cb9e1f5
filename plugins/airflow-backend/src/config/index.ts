export { readAirflowConfig } from './readAirflowConfig';
export type {
  AirflowConfig,
  AlertsConfig,
  ClusterConfig,
  LinksConfig,
  Route,
  WebhookConfig,
} from './types';
