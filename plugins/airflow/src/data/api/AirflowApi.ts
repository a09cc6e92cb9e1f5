import type { Endpoint } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { createApiRef } from '@backstage/core-plugin-api';
import type { z } from 'zod';

/**
 * What a call gives, as the contract declares it; nothing that the endpoint does not take.
 *
 * @public
 */
export interface CallInput<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
> {
  /** Values of the path's parameters; they are encoded for you. */
  params: z.input<P>;
  /** Values of the query string; lists are repeated, what is undefined is left out. */
  query: z.input<Q>;
  /** Sent as JSON. */
  body?: z.input<B>;
  /** Ends the call, and a stream between two entries too. */
  signal?: AbortSignal;
}

/**
 * The portal's Airflow API as pages use it.
 *
 * @public
 */
export interface AirflowApi {
  /**
   * Asks an endpoint and reads its JSON answer by the contract.
   *
   * @throws AirflowApiError with the problem that the backend told
   */
  call<
    P extends z.ZodObject,
    Q extends z.ZodObject,
    B extends z.ZodType,
    R extends z.ZodType,
  >(
    endpoint: Endpoint<P, Q, B, R>,
    input: CallInput<P, Q, B>,
  ): Promise<z.output<R>>;

  /** Lines of a streaming endpoint as they arrive. */
  stream<
    P extends z.ZodObject,
    Q extends z.ZodObject,
    B extends z.ZodType,
    R extends z.ZodType,
  >(
    endpoint: Endpoint<P, Q, B, R>,
    input: CallInput<P, Q, B>,
  ): AsyncGenerator<z.output<R>>;

  /** The whole answer as a file, for the reader to keep. */
  download<
    P extends z.ZodObject,
    Q extends z.ZodObject,
    B extends z.ZodType,
    R extends z.ZodType,
  >(
    endpoint: Endpoint<P, Q, B, R>,
    input: Pick<CallInput<P, Q, B>, 'params' | 'query'>,
  ): Promise<Blob>;
}

/**
 * Where pages find the {@link AirflowApi}; a portal may provide its own.
 *
 * @public
 */
export const airflowApiRef = createApiRef<AirflowApi>({
  id: 'plugin.airflow.service',
});
