/**
 * Domain types and permissions of Airflow Fleet. The HTTP contract is an entry of its own, `./contract`.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './domain';
export * from './json';
export * from './paths';
export * from './permissions';
export * from './resourceRefs';
export * from './selector';
export * from './search';
