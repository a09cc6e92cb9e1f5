/**
 * Extension points of Airflow Fleet.
 *
 * @packageDocumentation
 */
export * from './alertChannel';
export * from './authStrategy';
export { AirflowBackendClient } from './AirflowBackendClient';
