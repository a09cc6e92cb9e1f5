import type { z } from 'zod';
import type { CallOptions, Page } from '../call';
import { takes, type RequestFeature, type Server } from '../capabilities';
import type { StreamedAnswer } from '../transport';
import type { Asked } from './answers';
import { readPages, type PageReader, type Received } from './paging';
import type { ApiRequest } from './request';
import type { SignedRequests } from './SignedRequests';

/** The REST API of the version that answers, asked within one call. Paths are below its root, such as `/dags`. */
export class AirflowApi {
  constructor(
    private readonly requests: SignedRequests,
    private readonly server: Server,
    private readonly call: CallOptions = {},
  ) {}

  get cluster(): string {
    return this.requests.cluster;
  }

  /** Whether the server is new enough to be sent this. */
  takes(feature: RequestFeature): boolean {
    return takes(this.server, feature);
  }

  /** Reads the answer. */
  json<T>(request: ApiRequest, schema: z.ZodType<T>): Promise<T> {
    return this.requests.json(this.below(request), schema, this.call);
  }

  /** Sends what is answered with nothing more than that it is well. */
  send(request: ApiRequest): Promise<void> {
    return this.requests.send(this.below(request), this.call);
  }

  /** Hands over the answer as it arrives. */
  stream(request: ApiRequest): Promise<StreamedAnswer> {
    return this.requests.stream(this.below(request), this.call);
  }

  /** Reads a list page by page. */
  pages<T>(
    request: ApiRequest,
    schema: z.ZodType<Received<T>>,
  ): AsyncGenerator<Page<T>> {
    return readPages(this.pageReader(request, schema));
  }

  /** Reads a list that is short to its end. */
  async rows<T>(
    request: ApiRequest,
    schema: z.ZodType<Received<T>>,
  ): Promise<T[]> {
    const all: T[] = [];
    for await (const { items } of this.pages(request, schema)) {
      all.push(...items);
    }
    return all;
  }

  /** Reads any slice of a list. */
  pageReader<T>(
    request: ApiRequest,
    schema: z.ZodType<Received<T>>,
  ): PageReader<T> {
    return ({ limit, offset, isolating }) => {
      const query = { ...request.query, limit, offset };
      return this.json({ ...request, query, isolating }, schema);
    };
  }

  /** What an answer to the request is judged against. */
  asked(request: ApiRequest): Asked {
    return this.requests.asked(this.below(request));
  }

  private below(request: ApiRequest): ApiRequest {
    const path = `/api/${this.server.apiVersion}${request.path}`;
    return { ...request, path };
  }
}
