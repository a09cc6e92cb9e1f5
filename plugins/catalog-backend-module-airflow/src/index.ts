/**
 * Brings Airflow clusters into the catalog as resources.
 *
 * @packageDocumentation
 */
export { catalogModuleAirflow as default } from './module';
