/**
 * Domain types, HTTP contract and permissions of Airflow Fleet.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './contract';
export * from './domain';
export * from './json';
export * from './paths';
export * from './permissions';
export * from './resourceRefs';
export * from './selector';
export * from './search';
