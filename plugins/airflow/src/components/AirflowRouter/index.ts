export { AirflowRouter } from './AirflowRouter';
