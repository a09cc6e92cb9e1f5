/**
 * Extension points of Airflow Fleet.
 *
 * @packageDocumentation
 */
export * from './authStrategy';
