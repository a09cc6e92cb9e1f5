import type { Endpoint } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type {
  AlertApi,
  DiscoveryApi,
  FetchApi,
} from '@backstage/core-plugin-api';
import type { z } from 'zod';
import type { AirflowApi, CallInput } from './AirflowApi';
import { AirflowApiError } from './AirflowApiError';
import { linesOf } from './lines';
import { readAnswer } from './readAnswer';
import { requestPath } from './request';

/**
 * Calls the backend plugin over HTTP and reads its answers by the contract.
 *
 * @public
 */
export class AirflowClient implements AirflowApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;
  readonly #alertApi: AlertApi | undefined;
  readonly #told = new Set<string>();

  constructor(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
    /** Where the reader is told of what could not be read. */
    alertApi?: AlertApi;
  }) {
    this.#alertApi = options.alertApi;
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
    const answer = await response.json().catch(brokenOff);
    const { data, leftOut } = readAnswer(endpoint.response, answer);
    this.#tellLeftOut(endpoint, leftOut);
    return data;
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
      const [entry] = entriesIn(endpoint.response, line);
      if (entry !== undefined) yield entry;
      else if (line) this.#tellLeftOut(endpoint, 1);
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
    const response = await this.#fetchApi
      .fetch(`${base}${requestPath(endpoint, input.params, input.query)}`, {
        method: endpoint.method,
        headers: hasBody ? { 'content-type': 'application/json' } : {},
        body: hasBody ? JSON.stringify(input.body) : undefined,
        signal: input.signal,
      })
      .catch(unanswered);
    if (!response.ok) throw await AirflowApiError.fromResponse(response);
    return response;
  }

  /** Once for each endpoint: pages ask again and again. */
  #tellLeftOut({ operationId, summary }: Endpoint, leftOut: number): void {
    if (leftOut === 0 || this.#told.has(operationId)) return;
    this.#told.add(operationId);
    const what = leftOut === 1 ? 'An item' : `${leftOut} items`;
    this.#alertApi?.post({
      message: `${what} could not be read, and cannot be shown here: ${summary}`,
      severity: 'warning',
    });
  }
}

/** None where a line cannot be read. */
function entriesIn<R extends z.ZodType>(
  schema: R,
  line: string,
): z.output<R>[] {
  try {
    const read = schema.safeParse(JSON.parse(line));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}

/** What browsers say of it is no help to anybody. */
function unanswered(error: unknown): never {
  if (!(error instanceof TypeError)) throw error;
  throw new AirflowApiError(0, {
    code: 'internal',
    message: 'The portal could not be reached',
    hint: 'Look whether you are online, and try again.',
  });
}

function brokenOff(error: unknown): never {
  if (error instanceof DOMException) throw error;
  throw new AirflowApiError(200, {
    code: 'invalid-response',
    message: 'The answer of the portal broke off, or is not its own',
    hint: 'Try again; something between you and the portal may have answered.',
  });
}
