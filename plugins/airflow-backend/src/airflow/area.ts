import type { AirflowApi } from './http';

/**
 * Something that can be asked of an Airflow, such as its XComs, as each version of the REST API has it. Each has a
 * folder of its own below `areas`, and the client chooses between the two.
 */
export interface Area<T> {
  v1(api: AirflowApi): T;
  v2(api: AirflowApi): T;
}
