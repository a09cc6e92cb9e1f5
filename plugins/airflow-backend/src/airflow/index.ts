export * from './AirflowClient';
export type { Area } from './area';
export { builtInAuthStrategies } from './auth';
export { createAirflowClient } from './createAirflowClient';
export * from './errors';
export * from './options';
