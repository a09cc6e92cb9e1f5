export * from './AirflowClient';
export { builtInAuthStrategies } from './auth';
export { createAirflowClient } from './createAirflowClient';
export * from './errors';
export * from './options';
