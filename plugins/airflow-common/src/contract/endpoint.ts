import { z } from 'zod';

/**
 * One endpoint of the portal's Airflow API, declared once: the router parses requests with it, the browser's
 * client builds and reads them with it, and the OpenAPI document is emitted from it.
 *
 * @public
 */
export interface Endpoint<
  TParams extends z.ZodObject = z.ZodObject,
  TQuery extends z.ZodObject = z.ZodObject,
  TBody extends z.ZodType = z.ZodType,
  TResponse extends z.ZodType = z.ZodType,
> {
  /** camelCase, unique; the `operationId` of the OpenAPI document. */
  operationId: string;
  /** HTTP method; `GET` changes nothing and may be repeated. */
  method: 'GET' | 'POST' | 'PATCH';
  /** Relative to the plugin's base, parameters as `:name`. */
  path: string;
  /** One line for a person; the `summary` of the OpenAPI document. */
  summary: string;
  /** What the endpoint asks the permission framework for. */
  permissions: readonly { name: string }[];
  /** Parameters of the path, one key for each `:name` in it. */
  params: TParams;
  /** Parameters of the query string; a list is a repeated parameter. */
  query: TQuery;
  /** The JSON body; `z.undefined()` where none is taken. */
  body: TBody;
  /** The JSON answer, or one line of it where `stream` is set. */
  response: TResponse;
  /** Members of the body that hold any JSON; they are read as the text that they are written in. */
  exact?: readonly string[];
  /** Airflow is asked before it is answered, so that what keeps Airflow from answering keeps the endpoint from it. */
  live?: true;
  /** The answer is a stream of JSON lines (`application/x-ndjson`). */
  stream?: true;
}

/**
 * Declares an endpoint, keeping the exact types of its schemas.
 *
 * @public
 */
export function endpoint<
  TParams extends z.ZodObject,
  TQuery extends z.ZodObject,
  TBody extends z.ZodType,
  TResponse extends z.ZodType,
>(
  declaration: Endpoint<TParams, TQuery, TBody, TResponse>,
): Endpoint<TParams, TQuery, TBody, TResponse> {
  return declaration;
}

/**
 * What an endpoint takes unless it says otherwise: nothing.
 *
 * @public
 */
export const takesNothing = {
  params: z.object({}),
  query: z.object({}),
  body: z.undefined(),
};
