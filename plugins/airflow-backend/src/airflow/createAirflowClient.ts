import type { AirflowClient } from './AirflowClient';
import type { AirflowClientOptions } from './options';

/** Makes the client of one cluster. Nothing is sent before the first call. */
export function createAirflowClient(
  options: AirflowClientOptions,
): AirflowClient {
  throw new Error(`No client for ${options.name} yet`);
}
