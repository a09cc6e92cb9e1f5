/**
 * Pages for every Airflow cluster of a company, for the new frontend system.
 *
 * @packageDocumentation
 */
export { airflowPlugin as default } from './plugin';
export { AirflowSidebarItem } from './components/sidebar';
export * from './api';
export * from './routes';
