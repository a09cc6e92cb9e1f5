/**
 * The backend of Airflow Fleet.
 *
 * @packageDocumentation
 */
export { airflowPlugin as default } from './plugin';
