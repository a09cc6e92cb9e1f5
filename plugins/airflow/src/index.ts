/**
 * Pages for every Airflow cluster of a company, for the new frontend system.
 *
 * @packageDocumentation
 */
export { airflowPlugin as default } from './plugin';
export { AirflowSidebarItem } from './features/sidebar';
export * from './data/api';
export * from './routes';
