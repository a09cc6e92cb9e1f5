import type { Endpoint } from '@airflow-fleet/backstage-plugin-airflow-common';
import { createApiRef } from '@backstage/core-plugin-api';
import type { z } from 'zod';

/**
 * What a call gives, as the contract declares it; nothing that the endpoint does not take.
 *
 * @public
 */
export interface CallInput<E extends Endpoint> {
  params: z.input<E['params']>;
  query: z.input<E['query']>;
  body?: z.input<E['body']>;
  signal?: AbortSignal;
}

/**
 * The portal's Airflow API as pages use it.
 *
 * @public
 */
export interface AirflowApi {
  /** @throws AirflowApiError with the problem that the backend told */
  call<E extends Endpoint>(
    endpoint: E,
    input: CallInput<E>,
  ): Promise<z.output<E['response']>>;

  /** Lines of a streaming endpoint as they arrive. */
  stream<E extends Endpoint>(
    endpoint: E,
    input: CallInput<E>,
  ): AsyncGenerator<z.output<E['response']>>;

  /** The address of an endpoint, for links that the browser itself opens. */
  url<E extends Endpoint>(
    endpoint: E,
    input: Pick<CallInput<E>, 'params' | 'query'>,
  ): Promise<string>;
}

/** @public */
export const airflowApiRef = createApiRef<AirflowApi>({
  id: 'plugin.airflow.service',
});
