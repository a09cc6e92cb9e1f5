import type {
  Endpoint,
  Problem,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { ProblemError } from '../services';

/** A request after it was checked against its endpoint. */
export interface Checked<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
> {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  credentials: BackstageCredentials;
  request: Request;
}

const methods = { GET: 'get', POST: 'post', PATCH: 'patch' } as const;

/** Serves endpoints as the contract declares them: who asks, what is asked, what is answered. */
export class EndpointRouter {
  constructor(
    private readonly router: Router,
    private readonly httpAuth: HttpAuthService,
  ) {}

  /** Serves a JSON answer. */
  serve<
    P extends z.ZodObject,
    Q extends z.ZodObject,
    B extends z.ZodType,
    R extends z.ZodType,
  >(
    endpoint: Endpoint<P, Q, B, R>,
    handle: (checked: Checked<P, Q, B>) => Promise<z.input<R>>,
  ): void {
    this.route(endpoint, async (checked, response) => {
      response.json(await handle(checked));
    });
  }

  /** Serves an answer that the handler writes itself. */
  route<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
    endpoint: Endpoint<P, Q, B>,
    handle: (checked: Checked<P, Q, B>, response: Response) => Promise<void>,
  ): void {
    const { method, path, params, query, body } = endpoint;
    this.router[methods[method]](path, async (request, response) => {
      const credentials = await this.httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const checked = {
        params: check(params, request.params, 'path'),
        query: check(query, queryOf(request), 'query'),
        body: check(body, bodyOf(request), 'body'),
        credentials,
        request,
      };
      await handle(checked, response);
    });
  }
}

/** Read here, because Express makes an object of a parameter that is repeated more than twenty times. */
function queryOf(request: Request): Record<string, string | string[]> {
  const { searchParams } = new URL(request.originalUrl, 'http://localhost');
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map(name => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/** Express gives an empty object where nothing was sent. */
function bodyOf(request: Request): unknown {
  return request.headers['content-type'] ? request.body : undefined;
}

function check<T extends z.ZodType>(
  schema: T,
  value: unknown,
  where: 'path' | 'query' | 'body',
): z.output<T> {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  throw new ProblemError(invalidRequest(checked.error, where));
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
