export * from './AirflowClient';
export type { Area } from './area';
export { askingFor, askingForNobody, type Asker } from './asker';
export { abortable } from './transport';
export { builtInAuthStrategies } from './auth';
export { createAirflowClient } from './createAirflowClient';
export * from './errors';
export * from './options';
export type { ClockReading } from './transport';
