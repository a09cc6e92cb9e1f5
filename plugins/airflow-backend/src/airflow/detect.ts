import { AsyncLocalStorage } from 'node:async_hooks';
import { z } from 'zod';
import type { CallOptions } from './call';
import { anyOf, askingFor, askingForNobody } from './asker';
import { parseRelease, type Server } from './capabilities';
import { AirflowError } from './errors';
import { errorOf, readAnswer, type SignedRequests } from './http';
import { abortable } from './transport';

const versionSchema = z.object({ version: z.string().min(1).max(100) });

/** An Airflow is upgraded in place now and then; after this long it is asked for its version again. */
const REMEMBERED_MS = 10 * 60_000;

/**
 * Whose version is being found out, so that a sign-in that needs it cannot wait for itself. One storage for all
 * clusters: Node touches each storage with every promise of the whole backend.
 */
const detectingOf = new AsyncLocalStorage<VersionDetector>();

/** Finds out which Airflow answers, and remembers it for a while. */
export class VersionDetector {
  private known: { server: Server; atMs: number } | undefined;
  private detecting: Promise<Server> | undefined;

  constructor(private readonly requests: SignedRequests) {}

  /** What was detected last, however long ago. */
  get lastKnown(): Server | undefined {
    return this.known?.server;
  }

  async server(call: CallOptions = {}): Promise<Server> {
    const { known } = this;
    if (known && Date.now() - known.atMs < REMEMBERED_MS) return known.server;
    if (detectingOf.getStore() === this) {
      if (known) return known.server;
      throw this.needsSignIn();
    }
    return this.detect(call);
  }

  /** Asks again, whatever is remembered. */
  detect(call: CallOptions = {}): Promise<Server> {
    // One detection serves all who wait, so no single asker's abort ends it.
    this.detecting ??= askingForNobody(() =>
      detectingOf.run(this, () =>
        this.probeAll({ ...call, signal: undefined }),
      ),
    )
      .then(server => {
        this.known = { server, atMs: Date.now() };
        return server;
      })
      .finally(() => {
        this.detecting = undefined;
      });
    const { signal } = askingFor.getStore() ?? {};
    return abortable(this.detecting, anyOf(call.signal, signal));
  }

  private async probeAll(call: CallOptions): Promise<Server> {
    const order: ('v1' | 'v2')[] =
      this.lastKnown?.apiVersion === 'v1' ? ['v1', 'v2'] : ['v2', 'v1'];
    const failures: AirflowError[] = [];
    for (const apiVersion of order) {
      const outcome = await this.probe(apiVersion, call);
      if (!(outcome instanceof AirflowError)) return outcome;
      failures.push(outcome);
    }
    // What a sign-in or a struggling server says is worth more than "not found".
    throw failures.find(({ code }) => code !== 'not-an-airflow') ?? failures[0];
  }

  private async probe(
    apiVersion: 'v1' | 'v2',
    call: CallOptions,
  ): Promise<Server | AirflowError> {
    const request = { path: `/api/${apiVersion}/version` };
    let asked = this.requests.asked(request);
    let answer = await this.requests.unsigned(request, call);
    let error = errorOf(answer, asked);
    // Airflow tells its version to anybody, but what stands before it may want to know who asks.
    if (error?.code === 'unauthorized' || error?.code === 'forbidden') {
      answer = await this.requests.signedAnswer(request, call);
      asked = this.requests.asked(request);
      error = errorOf(answer, asked);
    }
    if (error?.code === 'airflow-not-found') {
      return this.notAnAirflow(error);
    }
    if (error) return error;
    try {
      const { version } = await readAnswer(answer, versionSchema, asked);
      return {
        apiVersion,
        version,
        release: parseRelease(version, apiVersion),
      };
    } catch (unread) {
      if (unread instanceof AirflowError) return this.notAnAirflow(unread);
      throw unread;
    }
  }

  private notAnAirflow(found: AirflowError): AirflowError {
    const { cluster } = this.requests;
    return new AirflowError({
      code: 'not-an-airflow',
      cluster,
      attempted: found.attempted,
      message: `What answers for cluster ${cluster} has no API of Airflow 2 or 3`,
      hint: `Check baseUrl of cluster ${cluster}: it is Airflow's address with its path, if it has one, and without /api`,
      httpStatus: found.httpStatus,
    });
  }

  private needsSignIn(): AirflowError {
    const asked = this.requests.asked({ path: '/api/v2/version' });
    return new AirflowError({
      code: 'unauthorized',
      ...asked,
      message: `Cluster ${asked.cluster} does not tell its version to strangers, and the way to sign in depends on it`,
      hint: `Set auth.type of cluster ${asked.cluster} to basic for Airflow 2, or to airflow3`,
    });
  }
}
