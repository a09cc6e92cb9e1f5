/**
 * Extension points and permission rules of Airflow Fleet.
 *
 * @packageDocumentation
 */
export * from './alertChannel';
export * from './authStrategy';
export { AirflowBackendClient } from './AirflowBackendClient';
export * from './permissions';
