import {
  quoteMembers,
  type Problem,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  unknownKeyIn,
  type Endpoint,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type {
  AuthService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { askingFor } from '../airflow';
import { ShortWork } from '../eventLoop';
import {
  callerOf,
  ProblemError,
  type AskedOf,
  type Checked,
  type Gate,
} from '../services';
import { readBody } from './requestBody';

const methods = { GET: 'get', POST: 'post', PATCH: 'patch' } as const;

/** An operation that another one may ask for. */
interface Performer {
  perform(checked: Checked<Endpoint>): Promise<unknown>;
}

/** Serves endpoints as the contract declares them: who asks, what is asked, whether they may, what is answered. */
export class EndpointRouter {
  private readonly turns = new ShortWork();
  private readonly performers = new Map<string, Performer>();

  constructor(
    private readonly router: Router,
    private readonly gate: Gate,
    private readonly auth: AuthService,
    private readonly httpAuth: HttpAuthService,
  ) {}

  /** Serves a JSON answer. */
  serve<E extends Endpoint>(
    endpoint: E,
    handle: (asked: AskedOf<E>) => Promise<z.input<E['response']>>,
  ): void {
    this.route(endpoint, handle, async (answer, { response }) => {
      response.json(answer);
    });
  }

  /**
   * Serves an answer that is written some other way.
   *
   * @param write - is told when who asked has hung up
   */
  route<E extends Endpoint, T>(
    endpoint: E,
    handle: (asked: AskedOf<E>) => Promise<T>,
    write: (
      answer: T,
      to: { checked: Checked<E>; response: Response; gone: AbortSignal },
    ) => Promise<void>,
  ): void {
    const perform = async (checked: Checked<E>): Promise<T> => {
      await this.doFirst(endpoint, checked);
      return this.gate.pass(endpoint, checked, handle);
    };
    this.performers.set(endpoint.operationId, { perform });
    const { method, path } = endpoint;
    this.router[methods[method]](path, async (request, response) => {
      const gone = goneSignal(request, response);
      try {
        // That somebody has hung up shows only when the event loop has turned, and then there is nothing to do.
        await this.turns.breathe();
        gone.throwIfAborted();
        const checked = await this.check(endpoint, request, response);
        const isReading = method === 'GET';
        const asker = {
          reader: checked.who,
          // What changes something is brought to its end, and is refused for no share.
          signal: isReading ? gone : undefined,
          hasBegun: !isReading,
        };
        gone.throwIfAborted();
        await askingFor.run(asker, async () =>
          write(await perform(checked), { checked, response, gone }),
        );
      } catch (error) {
        if (error !== gone.reason) throw error;
      }
    });
  }

  private async check<E extends Endpoint>(
    { params, query, body, exact = [] }: E,
    request: Request,
    response: Response,
  ): Promise<Checked<E>> {
    const credentials = await this.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    return {
      params: check<E['params']>(params, request.params, 'path'),
      query: check<E['query']>(query, queryOf(request), 'query'),
      body: check<E['body']>(
        body,
        parse(await readBody(request, response), exact),
        'body',
      ),
      credentials,
      who: callerOf(this.auth, credentials),
      request,
    };
  }

  /** What the contract has done before, as if it were asked for by itself. */
  private async doFirst(
    { writes }: Endpoint,
    checked: Checked<Endpoint>,
  ): Promise<void> {
    const body = writes?.first?.bodyOf(checked.body);
    if (!writes?.first || body === undefined) return;
    const { operationId } = writes.first.endpoint;
    await this.performers.get(operationId)?.perform({ ...checked, body });
  }
}

function goneSignal(request: Request, response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  if (request.socket.destroyed) gone.abort();
  return gone.signal;
}

/** Read here, because Express makes an object of a parameter that is repeated more than twenty times. */
function queryOf(request: Request): Record<string, string | string[]> {
  const [, search] = /\?(.*)$/s.exec(request.originalUrl) ?? [];
  const searchParams = new URLSearchParams(search);
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map(name => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/** @throws ProblemError where it is not JSON */
function parse(text: string | undefined, exact: readonly string[]): unknown {
  if (text === undefined) return undefined;
  try {
    const isJson = (value: string) => !value.startsWith('"');
    return JSON.parse(quoteMembers(text, exact, isJson));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ProblemError({
      code: 'invalid-request',
      field: 'body',
      message: 'The body is not JSON',
    });
  }
}

function check<T extends z.ZodType>(
  schema: T,
  value: unknown,
  where: 'path' | 'query' | 'body',
): z.output<T> {
  const unknown = unknownKeyIn(schema, value);
  if (unknown) throw new ProblemError(unknownKey(unknown, where));
  const checked = schema.safeParse(value);
  if (!checked.success) {
    throw new ProblemError(invalidRequest(checked.error, where));
  }
  const odd = oddTextIn(checked.data);
  if (odd) throw new ProblemError(oddText(odd.join('.'), where));
  return checked.data;
}

/** The way to a text that neither PostgreSQL nor Airflow can keep: with a NUL, or half of a letter. */
function oddTextIn(value: unknown, path: string[] = []): string[] | undefined {
  if (typeof value === 'string') {
    return value.includes('\0') || /\p{Surrogate}/u.test(value)
      ? path
      : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const found = oddTextIn(member, [...path, key]);
    if (found) return found;
  }
  return undefined;
}

function oddText(field: string, where: string): Problem {
  return {
    code: 'invalid-request',
    field,
    message: `${field} holds a NUL or half of a letter, which no text may`,
    hint: `Correct ${field} in the ${where} of the request`,
  };
}

function unknownKey(
  { path, known }: NonNullable<ReturnType<typeof unknownKeyIn>>,
  where: string,
): Problem {
  const field = path.join('.');
  const words = known.length > 0 ? known.join(', ') : 'nothing';
  return {
    code: 'invalid-request',
    field,
    message: `${field} is not known in the ${where} of this request, which takes ${words}`,
    hint: `Leave ${field} out, or correct its name; /openapi.json lists what there is`,
  };
}

function invalidRequest(error: z.ZodError, where: string): Problem {
  const [issue] = error.issues;
  const field = issue.path.map(String).join('.') || where;
  return {
    code: 'invalid-request',
    field,
    message: `${field} is not valid: ${issue.message}`,
    hint: `Correct ${field} in the ${where} of the request; /openapi.json says what it may be`,
  };
}
