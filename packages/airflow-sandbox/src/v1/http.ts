import { NextFunction, Request, Response } from 'express';
import { SandboxUser } from '../auth';
import { LiveCluster } from '../simulation/fleet';
import { Range, rangeThrough } from '../simulation/range';
import { parseInstant } from '../api/time';

const DOCS =
  'https://airflow.apache.org/docs/apache-airflow/2.11.2/stable-rest-api-ref.html#section/Errors';

const KINDS: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthenticated',
  403: 'PermissionDenied',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'AlreadyExists',
  500: 'Unknown',
};

/** An error as Airflow 2 words it: RFC 7807 with a link into its docs. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string | null = null,
    /** Connexion's own validation links nowhere. */
    readonly fromSpec: boolean = false,
  ) {
    super(detail ?? title);
  }

  body(): object {
    const kind = KINDS[this.status];
    return {
      detail: this.detail,
      status: this.status,
      title: this.title,
      type: this.fromSpec || !kind ? 'about:blank' : `${DOCS}/${kind}`,
    };
  }
}

export const badRequest = (detail: string, title = 'Bad Request') =>
  new Problem(400, title, detail);
export const notFound = (title: string, detail: string | null = null) =>
  new Problem(404, title, detail);
export const specError = (detail: string) =>
  new Problem(400, 'Bad Request', detail, true);

/** What every route of one request works with. */
export interface V1Context {
  cluster: LiveCluster;
  user: SandboxUser;
  query: V1Query;
  params: Record<string, string>;
  body: unknown;
  request: Request;
  response: Response;
}

/** Query parameters, read as connexion checks them against the spec. */
export class V1Query {
  private readonly values: URLSearchParams;

  constructor(url: string, allowed: readonly string[]) {
    const at = url.indexOf('?');
    this.values = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
    const extra = [...new Set(this.values.keys())].filter(
      k => !allowed.includes(k),
    );
    if (extra.length > 0) {
      throw specError(
        `Extra query parameter(s) ${extra.join(', ')} not in spec`,
      );
    }
  }

  text(name: string): string | undefined {
    return this.values.get(name) ?? undefined;
  }

  integer(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!/^-?\d+$/.test(text)) throw this.wrongType(name, 'integer');
    return Number(text);
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text === '' || Number.isNaN(value)) {
      throw this.wrongType(name, 'number');
    }
    return value;
  }

  flag(name: string): boolean | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (/^true$/i.test(text)) return true;
    if (/^false$/i.test(text)) return false;
    throw this.wrongType(name, 'boolean');
  }

  /** Both `a=1&a=2` and `a=1,2` work on 2.11. */
  list(name: string): string[] | undefined {
    const values = this.values.getAll(name);
    return values.length === 0
      ? undefined
      : values.flatMap(v => v.split(',')).filter(v => v !== '');
  }

  instant(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = text.endsWith('Z') ? text : text.trim().replace(' ', '+');
    const at = parseInstant(value);
    if (at === 'naive' || at === undefined) {
      throw specError(`'${text}' is not a 'date-time'`);
    }
    return at;
  }

  range(name: string): Range | undefined {
    return rangeThrough(
      this.instant(`${name}_gte`),
      this.instant(`${name}_lte`),
    );
  }

  page(): { limit: number; offset: number } {
    const limit = this.integer('limit') ?? 100;
    const offset = this.integer('offset') ?? 0;
    if (limit < 0) {
      throw new Problem(400, 'Page limit must be a positive integer');
    }
    if (offset < 0) throw specError(`${offset} is less than the minimum of 0`);
    return { limit: limit === 0 ? 100 : Math.min(limit, 100), offset };
  }

  order(
    allowed: readonly string[],
    fallback: string,
  ): { key: string; descending: boolean } {
    return readOrder(this.text('order_by') ?? fallback, allowed);
  }

  private wrongType(name: string, type: string): Problem {
    return specError(
      `Wrong type, expected '${type}' for query parameter '${name}'`,
    );
  }
}

export function readOrder(
  text: string,
  allowed: readonly string[],
): { key: string; descending: boolean } {
  const key = text.replace(/^-+/, '');
  if (!allowed.includes(key)) {
    throw badRequest(
      `Ordering with '${key}' is disallowed or the attribute does not exist on the model`,
    );
  }
  return { key, descending: text.startsWith('-') };
}

export type V1Handler = (context: V1Context) => unknown;

/** Names a route, what its query may hold and who may call it. */
export interface V1Route {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  path: string;
  query?: readonly string[];
  /** Viewers may not: everything but GET, the audit log, providers and plugins. */
  restricted?: boolean;
  status?: number;
  handle: V1Handler;
}

export const PAGE = ['limit', 'offset'] as const;

export function sendProblem(
  error: unknown,
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (error instanceof Problem && !response.headersSent) {
    response
      .status(error.status)
      .type('application/problem+json')
      .send(JSON.stringify(error.body()));
    return;
  }
  next(error);
}
