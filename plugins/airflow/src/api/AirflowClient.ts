import type { Endpoint } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import type { z } from 'zod';
import type { AirflowApi, CallInput } from './AirflowApi';
import { AirflowApiError } from './AirflowApiError';
import { linesOf } from './lines';
import { requestPath } from './request';

/**
 * Calls the backend plugin over HTTP and reads its answers by the contract.
 *
 * @public
 */
export class AirflowClient implements AirflowApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  /** As {@link AirflowApi.call}, over `fetchApi` and with the address that `discoveryApi` tells. */
  async call<
    P extends z.ZodObject,
    Q extends z.ZodObject,
    B extends z.ZodType,
    R extends z.ZodType,
  >(
    endpoint: Endpoint<P, Q, B, R>,
    input: CallInput<P, Q, B>,
  ): Promise<z.output<R>> {
    const response = await this.#request(endpoint, input);
    return endpoint.response.parse(await response.json());
  }

  /** As {@link AirflowApi.stream}; the answer is read as JSON lines. */
  async *stream<
    P extends z.ZodObject,
    Q extends z.ZodObject,
    B extends z.ZodType,
    R extends z.ZodType,
  >(
    endpoint: Endpoint<P, Q, B, R>,
    input: CallInput<P, Q, B>,
  ): AsyncGenerator<z.output<R>> {
    const response = await this.#request(endpoint, input);
    if (!response.body) return;
    for await (const line of linesOf(response.body)) {
      if (line) yield endpoint.response.parse(JSON.parse(line));
    }
  }

  /** As {@link AirflowApi.download}; the file is held in memory, unparsed. */
  async download<
    P extends z.ZodObject,
    Q extends z.ZodObject,
    B extends z.ZodType,
    R extends z.ZodType,
  >(
    endpoint: Endpoint<P, Q, B, R>,
    input: Pick<CallInput<P, Q, B>, 'params' | 'query'>,
  ): Promise<Blob> {
    const response = await this.#request(endpoint, input);
    return response.blob();
  }

  async #request<
    P extends z.ZodObject,
    Q extends z.ZodObject,
    B extends z.ZodType,
    R extends z.ZodType,
  >(
    endpoint: Endpoint<P, Q, B, R>,
    input: CallInput<P, Q, B>,
  ): Promise<Response> {
    const hasBody = input.body !== undefined;
    const base = await this.#discoveryApi.getBaseUrl('airflow');
    const response = await this.#fetchApi.fetch(
      `${base}${requestPath(endpoint, input.params, input.query)}`,
      {
        method: endpoint.method,
        headers: hasBody ? { 'content-type': 'application/json' } : {},
        body: hasBody ? JSON.stringify(input.body) : undefined,
        signal: input.signal,
      },
    );
    if (!response.ok) throw await AirflowApiError.fromResponse(response);
    return response;
  }
}
