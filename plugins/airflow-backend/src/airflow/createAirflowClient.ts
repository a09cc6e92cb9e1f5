import type { AirflowClient } from './AirflowClient';
import type { Area } from './area';
import type { CallOptions } from './call';
import { capabilitiesOf, type Server } from './capabilities';
import { VersionDetector } from './detect';
import { AirflowError } from './errors';
import {
  AirflowApi,
  EndlessList,
  SignedRequests,
  UnaddressableId,
} from './http';
import type { AirflowClientOptions } from './options';
import { Transport, type TransportTuning } from './transport';
import { webUrlOf, type WebPlace } from './webUrl';

/** Asks the version that answers, and knows it anew when it is another one. */
class VersionedClient implements AirflowClient {
  readonly cluster: string;
  private readonly requests: SignedRequests;
  private readonly detector: VersionDetector;

  constructor(
    private readonly options: AirflowClientOptions,
    private readonly transport: Transport,
  ) {
    this.cluster = options.name;
    const { name: cluster, baseUrl } = options;
    this.requests = new SignedRequests(
      cluster,
      baseUrl,
      transport,
      options.authenticator({ cluster, baseUrl }),
      async call => (await this.detector.server(call)).apiVersion,
    );
    this.detector = new VersionDetector(this.requests);
  }

  async info(call?: CallOptions) {
    const server = await this.detector.server(call);
    return {
      airflowVersion: server.version,
      apiVersion: server.apiVersion,
      capabilities: capabilitiesOf(server),
    };
  }

  clock() {
    return this.transport.clock.read();
  }

  /** Asks once more when the version turns out to have been replaced by another. */
  async ask<T, R>(
    area: Area<T>,
    act: (area: T) => Promise<R>,
    call?: CallOptions,
  ): Promise<R> {
    const server = await this.detector.server(call);
    try {
      return await act(this.within(area, server, call));
    } catch (error) {
      if (error instanceof UnaddressableId) throw this.noSuchId(error);
      if (error instanceof EndlessList) throw this.endless(error);
      if (!isAnotherVersion(error)) throw error;
      const present = await this.detector.detect(call);
      if (present.apiVersion === server.apiVersion) throw error;
      return act(this.within(area, present, call));
    }
  }

  async *read<T, R>(
    area: Area<T>,
    act: (area: T) => AsyncGenerator<R>,
    call?: CallOptions,
  ): AsyncGenerator<R> {
    const open = async (opened: AsyncGenerator<R>) => ({
      first: await opened.next(),
      all: opened,
    });
    const { first, all } = await this.ask(area, it => open(act(it)), call);
    try {
      if (first.done) return;
      yield first.value;
      yield* all;
    } catch (error) {
      throw error instanceof EndlessList ? this.endless(error) : error;
    } finally {
      await all.return(undefined);
    }
  }

  webUrl(place: WebPlace) {
    const { webUrl = this.options.baseUrl } = this.options;
    return webUrlOf(webUrl, this.detector.lastKnown?.apiVersion, place);
  }

  close() {
    return this.transport.close();
  }

  private within<T>(area: Area<T>, server: Server, call?: CallOptions): T {
    const api = new AirflowApi(this.requests, server, call);
    return area[server.apiVersion](api);
  }

  private endless({ rows, what }: EndlessList): AirflowError {
    return new AirflowError({
      code: 'invalid-response',
      cluster: this.cluster,
      attempted: 'GET of a list, page by page',
      message: `Cluster ${this.cluster} gives a list that does not end: after ${rows} rows came ${what}`,
      hint: 'It is read no further. Look for a proxy or cache between the portal and this Airflow that leaves the query of an address out, and which of its lists is so long',
    });
  }

  private noSuchId({ id, isOfRun }: UnaddressableId): AirflowError {
    const attempted = 'nothing: the id cannot be part of an address';
    if (isOfRun) {
      return new AirflowError({
        code: 'unsupported',
        cluster: this.cluster,
        attempted,
        message: `The API of the Airflow of cluster ${this.cluster} cannot address run ${id}, because of its id`,
        hint: 'Open the run in Airflow; the lists of the portal show how it goes',
      });
    }
    return new AirflowError({
      code: 'airflow-not-found',
      cluster: this.cluster,
      attempted,
      message: `Cluster ${this.cluster} cannot have anything named ${id}`,
      hint: 'Check the id',
    });
  }
}

function isAnotherVersion(error: unknown): boolean {
  return error instanceof AirflowError && error.code === 'not-an-airflow';
}

/** Makes the client of one cluster. Nothing is sent before the first call. */
export function createAirflowClient(
  options: AirflowClientOptions,
  tuning?: Partial<TransportTuning>,
): AirflowClient {
  return new VersionedClient(options, new Transport(options, tuning));
}
