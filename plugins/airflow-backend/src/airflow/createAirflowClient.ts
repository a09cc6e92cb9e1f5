import type { Adapter } from './adapter';
import type { Area } from './area';
import type { AirflowClient, WebPlace } from './AirflowClient';
import type { CallOptions, RunAt } from './call';
import { capabilitiesOf, type Server } from './capabilities';
import { paced } from '../pace';
import { VersionDetector } from './detect';
import { AirflowError } from './errors';
import { AirflowApi, EndlessList, signingInFor, UnaddressableId } from './http';
import type { AirflowClientOptions } from './options';
import { findRun, unaddressableRun } from './findRun';
import { Transport, type TransportTuning } from './transport';
import { AirflowV1 } from './v1/AirflowV1';
import { AirflowV2 } from './v2/AirflowV2';
import { webUrlOf } from './webUrl';

/** What both versions have always been asked. */
const core: Area<Adapter> = {
  v1: (api, server) => new AirflowV1(api, server),
  v2: (api, server) => new AirflowV2(api, server),
};

/** Speaks to the cluster through the adapter of the version that answers. */
class VersionedClient implements AirflowClient {
  readonly cluster: string;
  private readonly api: AirflowApi;
  private readonly detector: VersionDetector;

  constructor(
    private readonly options: AirflowClientOptions,
    private readonly transport: Transport,
  ) {
    this.cluster = options.name;
    const authenticator = options.authenticator({
      cluster: options.name,
      baseUrl: options.baseUrl,
      apiVersion: async () =>
        (await this.detector.server(signingInFor.getStore())).apiVersion,
      request: ({ url, ...request }) =>
        transport.send(
          { ...request, url: new URL(url) },
          signingInFor.getStore(),
        ),
    });
    this.api = new AirflowApi(
      options.name,
      options.baseUrl,
      transport,
      authenticator,
    );
    this.detector = new VersionDetector(this.api);
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

  health(call?: CallOptions) {
    return this.askAdapter(call, adapter => adapter.health(call));
  }

  dags(call?: CallOptions) {
    return this.readAdapter(call, adapter => adapter.dags(call));
  }

  dag(dagId: string, call?: CallOptions) {
    return this.askAdapter(call, adapter => adapter.dag(dagId, call));
  }

  dagDetails(dagId: string, call?: CallOptions) {
    return this.askAdapter(call, adapter => adapter.dagDetails(dagId, call));
  }

  importErrors(call?: CallOptions) {
    return this.readAdapter(call, adapter => adapter.importErrors(call));
  }

  runs(...[query, call]: Parameters<AirflowClient['runs']>) {
    return this.readAdapter(call, adapter => adapter.runs(query, call));
  }

  countRuns(...[query, call]: Parameters<AirflowClient['countRuns']>) {
    return this.askAdapter(call, adapter => adapter.countRuns(query, call));
  }

  run(dagId: string, runId: string, call?: CallOptions) {
    return this.askAdapter(call, adapter => adapter.run(dagId, runId, call));
  }

  findRun(run: RunAt, call?: CallOptions) {
    return findRun(this, run, call);
  }

  taskInstances(dagId: string, runId: string, call?: CallOptions) {
    return this.readAdapter(call, adapter =>
      adapter.taskInstances(dagId, runId, call),
    );
  }

  taskInstancesOfRuns(
    ...[dagId, window, call]: Parameters<AirflowClient['taskInstancesOfRuns']>
  ) {
    return this.readAdapter(call, adapter =>
      adapter.taskInstancesOfRuns(dagId, window, call),
    );
  }

  taskInstance(...[ref, call]: Parameters<AirflowClient['taskInstance']>) {
    return this.askAdapter(call, adapter => adapter.taskInstance(ref, call));
  }

  taskTries(...[ref, call]: Parameters<AirflowClient['taskTries']>) {
    return this.askAdapter(call, adapter => adapter.taskTries(ref, call));
  }

  taskLog(...[ref, tryNumber, call]: Parameters<AirflowClient['taskLog']>) {
    return paced(
      this.readAdapter(call, adapter => adapter.taskLog(ref, tryNumber, call)),
    );
  }

  triggerDag(...[dagId, body, call]: Parameters<AirflowClient['triggerDag']>) {
    return this.askAdapter(call, adapter =>
      adapter.triggerDag(dagId, body, call),
    );
  }

  setDagPaused(dagId: string, paused: boolean, call?: CallOptions) {
    return this.askAdapter(call, adapter =>
      adapter.setDagPaused(dagId, paused, call),
    );
  }

  clearRun(
    ...[dagId, runId, mode, call]: Parameters<AirflowClient['clearRun']>
  ) {
    return this.askAdapter(call, adapter =>
      adapter.clearRun(dagId, runId, mode, call),
    );
  }

  clearTasks(
    ...[dagId, clearing, call]: Parameters<AirflowClient['clearTasks']>
  ) {
    return this.askAdapter(call, adapter =>
      adapter.clearTasks(dagId, clearing, call),
    );
  }

  ask<T, R>(area: Area<T>, act: (area: T) => Promise<R>, call?: CallOptions) {
    return this.askServer(call, server => act(this.within(area, server)));
  }

  read<T, R>(
    area: Area<T>,
    act: (area: T) => AsyncGenerator<R>,
    call?: CallOptions,
  ) {
    return this.readServer(call, server => act(this.within(area, server)));
  }

  webUrl(place: WebPlace) {
    const { webUrl = this.options.baseUrl } = this.options;
    return webUrlOf(webUrl, this.detector.lastKnown?.apiVersion, place);
  }

  close() {
    return this.transport.close();
  }

  private askAdapter<T>(
    call: CallOptions | undefined,
    act: (adapter: Adapter) => Promise<T>,
  ): Promise<T> {
    return this.ask(core, act, call);
  }

  private readAdapter<T>(
    call: CallOptions | undefined,
    act: (adapter: Adapter) => AsyncGenerator<T>,
  ): AsyncGenerator<T> {
    return this.read(core, act, call);
  }

  /** Asks the version that answers; once more when it turns out to have been replaced by another. */
  private async askServer<T>(
    call: CallOptions | undefined,
    act: (server: Server) => Promise<T>,
  ): Promise<T> {
    const server = await this.detector.server(call);
    try {
      return await act(server);
    } catch (error) {
      if (error instanceof UnaddressableId) throw this.noSuchId(error);
      if (error instanceof EndlessList) throw this.endless(error);
      if (!isAnotherVersion(error)) throw error;
      const present = await this.detector.detect(call);
      if (present.apiVersion === server.apiVersion) throw error;
      return act(present);
    }
  }

  private async *readServer<T>(
    call: CallOptions | undefined,
    act: (server: Server) => AsyncGenerator<T>,
  ): AsyncGenerator<T> {
    const { first, all } = await this.askServer(call, async server => {
      const opened = act(server);
      return { first: await opened.next(), all: opened };
    });
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

  private within<T>(area: Area<T>, server: Server): T {
    return area[server.apiVersion](this.api, server);
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
    if (isOfRun) return unaddressableRun(this.cluster, id);
    return new AirflowError({
      code: 'airflow-not-found',
      cluster: this.cluster,
      attempted: 'nothing: the id cannot be part of an address',
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
