/**
 * Domain types, HTTP contract and permissions of Airflow Fleet.
 *
 * @packageDocumentation
 */
export * from './contract';
export * from './domain';
export * from './permissions';
