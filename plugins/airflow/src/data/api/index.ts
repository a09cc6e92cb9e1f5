export { airflowApiRef, type AirflowApi, type CallInput } from './AirflowApi';
export { AirflowApiError } from './AirflowApiError';
export { AirflowClient } from './AirflowClient';
