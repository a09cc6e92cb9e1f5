import type { Server } from './capabilities';
import type { AirflowApi } from './http';

/**
 * Something that can be asked of an Airflow, such as its XComs, written for both versions of the REST API. Each has a
 * folder of its own, and the client chooses between the two.
 */
export interface Area<T> {
  v1(api: AirflowApi, server: Server): T;
  v2(api: AirflowApi, server: Server): T;
}
