import type {
  AirflowAuthenticator,
  AirflowSignIn,
} from '@airflow-fleet/backstage-plugin-airflow-node';
import { isError } from '@backstage/errors';
import { z } from 'zod';
import type { CallOptions } from '../call';
import { anyOf, askingFor, askingForNobody } from '../asker';
import { AirflowError, BusyError } from '../errors';
import {
  abortable,
  type Answer,
  type AnswerHead,
  type BodyReading,
  type StreamedAnswer,
  type Transport,
  type TransportRequest,
} from '../transport';
import {
  airflowWords,
  credentialsError,
  errorOf,
  isJson,
  refusesToken,
  type Asked,
} from './answers';
import { CredentialPauses, isRefusal } from './CredentialPauses';
import { tryJson, type JsonRead } from './json';
import { wantedOf } from './wanted';
import { toSent, type ApiRequest } from './request';
import { checkAnswer, readAnswer } from './schema';
import { secretsOf } from './secrets';

/** Signs requests, judges answers and reads them. */
export class SignedRequests {
  /** Of the headers that signed last. */
  private secrets: string[] = [];
  private readonly pauses = new CredentialPauses();

  constructor(
    readonly cluster: string,
    private readonly baseUrl: string,
    private readonly transport: Transport,
    private readonly authenticator: AirflowAuthenticator,
    private readonly apiVersion: (call: CallOptions) => Promise<'v1' | 'v2'>,
  ) {}

  /** Sends a signed request and reads the answer. */
  async json<T>(
    request: ApiRequest,
    schema: z.ZodType<T>,
    call: CallOptions = {},
  ): Promise<T> {
    const answer = await this.signed(request, call, sent =>
      this.transport.read(sent, jsonOf(request, schema), call),
    );
    const asked = this.asked(request);
    if ('read' in answer) {
      return checkAnswer(answer.read, answer.status, schema, asked);
    }
    await this.refuse(answer, request, call);
    return readAnswer(answer, schema, asked);
  }

  /** Sends a signed request whose good answer says nothing more. */
  async send(request: ApiRequest, call: CallOptions = {}): Promise<void> {
    await this.refuse(await this.signedAnswer(request, call), request, call);
  }

  /** Sends a signed request and hands over the answer as it arrives, with its content type. */
  async stream(
    request: ApiRequest,
    call: CallOptions = {},
  ): Promise<StreamedAnswer> {
    const answer = await this.signed(request, call, sent =>
      this.transport.stream(sent, call),
    );
    if ('stream' in answer) return answer;
    await this.refuse(answer, request, call);
    throw new AirflowError({
      code: 'invalid-response',
      cluster: this.cluster,
      attempted: this.asked(request).attempted,
      message: `Cluster ${this.cluster} answered with status ${answer.status} where a stream was expected`,
      hint: 'Look for a proxy between the portal and this Airflow',
      httpStatus: answer.status,
    });
  }

  /** Sends a request without credentials, and gives the answer whatever it is. */
  async unsigned(request: ApiRequest, call: CallOptions): Promise<Answer> {
    return this.transport.send(toSent(this.baseUrl, request, {}), call);
  }

  /** Sends a signed request, and gives the answer whatever it is. */
  async signedAnswer(request: ApiRequest, call: CallOptions): Promise<Answer> {
    return this.signed(request, call, sent => this.transport.send(sent, call));
  }

  asked({ method = 'GET', path }: ApiRequest): Asked {
    return {
      cluster: this.cluster,
      attempted: `${method} ${new URL(this.baseUrl + path).pathname}`,
      credentialKeys: this.authenticator.credentialKeys,
      secrets: this.secrets,
    };
  }

  /** Signs a request and sends it, unless the credentials were refused just before. */
  private async signed<T extends Answer | AnswerHead>(
    request: ApiRequest,
    call: CallOptions,
    send: (sent: TransportRequest) => Promise<T>,
  ): Promise<T> {
    const { door = 'rest' } = request;
    this.pauses.check(door, call, this.asked(request).attempted);
    const answer = await this.signedAnew(request, call, send);
    if (answer.status < 300) this.pauses.admitted(door);
    if ('body' in answer && answer.status >= 400) {
      const error = errorOf(answer, this.asked(request));
      if (error && isRefusal(error)) this.pauses.refused(error, call, door);
    }
    return answer;
  }

  /** Signs a request and sends it; once more when the token is what was refused. */
  private async signedAnew<T extends Answer | AnswerHead>(
    request: ApiRequest,
    call: CallOptions,
    send: (sent: TransportRequest) => Promise<T>,
  ): Promise<T> {
    const headers = await this.credentials(request, call);
    const answer = await send(toSent(this.baseUrl, request, headers));
    const { refused } = this.authenticator;
    if (
      !refused ||
      !('body' in answer) ||
      (answer.status !== 401 && answer.status !== 403)
    ) {
      return answer;
    }
    const { status } = answer;
    const detail = airflowWords(answer.body, this.secrets) ?? '';
    const renewed = await this.signingIn(request, call, signIn =>
      refused.call(this.authenticator, { status, detail, headers }, signIn),
    );
    if (!renewed) return answer;
    return send(
      toSent(this.baseUrl, request, await this.credentials(request, call)),
    );
  }

  private async credentials(
    request: ApiRequest,
    call: CallOptions,
  ): Promise<Record<string, string>> {
    const headers = await this.signingIn(request, call, signIn =>
      this.authenticator.headers(signIn),
    );
    this.secrets = secretsOf(headers);
    return headers;
  }

  private async signingIn<T>(
    request: ApiRequest,
    call: CallOptions,
    act: (signIn: AirflowSignIn) => Promise<T>,
  ): Promise<T> {
    const signal = anyOf(call.signal, askingFor.getStore()?.signal);
    try {
      // A sign-in serves everybody who waits for it, so one asker's abort only ends that asker's waiting.
      const signIn = this.signInFor({ ...call, signal: undefined });
      return await abortable(
        askingForNobody(() => act(signIn)),
        signal,
      );
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof BusyError) throw error;
      const { door = 'rest' } = request;
      const raw =
        error instanceof AirflowError
          ? error
          : this.signInError(error, request);
      if (isRefusal(raw) || isAuthenticationError(error)) {
        this.pauses.refused(raw, call, 'health', 'rest');
      }
      throw this.pauses.explained(raw, door);
    }
  }

  private signInFor(call: CallOptions): AirflowSignIn {
    return {
      apiVersion: () => this.apiVersion(call),
      request: ({ url, ...sent }) =>
        this.transport.send({ ...sent, url: new URL(url) }, call),
    };
  }

  private signInError(error: unknown, request: ApiRequest): AirflowError {
    const { attempted, credentialKeys } = this.asked(request);
    const says =
      isAuthenticationError(error) || isOutOfOrder(error)
        ? `: ${error.message}`
        : '';
    return new AirflowError({
      code: 'unauthorized',
      cluster: this.cluster,
      attempted,
      message: `The portal could not sign in to cluster ${this.cluster}${says}`,
      hint: `Check ${credentialKeys} of cluster ${this.cluster}`,
      cause: error,
    });
  }

  /** Throws what an answer amounts to, unless it is a good one. */
  private async refuse(
    answer: Answer,
    request: ApiRequest,
    call: CallOptions,
  ): Promise<void> {
    const { door = 'rest' } = request;
    const error = errorOf(answer, this.asked(request));
    if (!error) return;
    if (
      error.code === 'forbidden' &&
      request.path.startsWith('/api/v1/') &&
      !(await this.mayListDags(call))
    ) {
      const refusal = credentialsError(answer, this.asked(request));
      this.pauses.refused(refusal, call, door);
      throw this.pauses.explained(refusal, door);
    }
    throw this.pauses.explained(error, door);
  }

  /**
   * Airflow 2 answers with the same 403 to wrong credentials and to a lacking role. Every role that is of use here
   * may list DAGs, so whoever may not has wrong credentials.
   */
  private async mayListDags(call: CallOptions): Promise<boolean> {
    const probe = { path: '/api/v1/dags', query: { limit: 1 } };
    const { status } = await this.signedAnswer(probe, {
      ...call,
      force: call.force || this.pauses.isTrying('rest'),
    });
    return !refusesToken(status, undefined) && status !== 403;
  }
}

/** A good answer in JSON is read while it arrives. */
function jsonOf(
  { exact }: ApiRequest,
  schema: z.ZodType,
): BodyReading<JsonRead> {
  return {
    suits: ({ status, headers }) =>
      status >= 200 && status < 300 && isJson({ status, headers }),
    read: text => tryJson(text, { exact, wanted: wantedOf(schema) }),
  };
}

function isOutOfOrder(error: unknown): error is Error {
  return isError(error) && error.name === 'ServiceUnavailableError';
}

function isAuthenticationError(error: unknown): error is Error {
  return isError(error) && error.name === 'AuthenticationError';
}
