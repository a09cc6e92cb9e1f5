export { EntityAirflowContent } from './EntityAirflowContent';
export {
  EntityAlertsCard,
  EntityNextRunsCard,
  EntityStatusCard,
} from './EntityCards';
