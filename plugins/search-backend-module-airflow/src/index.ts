/**
 * Finds DAGs and Airflow clusters in the portal's search.
 *
 * @packageDocumentation
 */
export { searchModuleAirflow as default } from './module';
