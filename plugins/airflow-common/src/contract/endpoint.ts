import { z } from 'zod';
import type { EndpointNeeds, EndpointSubjects, SubjectOfPath } from './needs';

/**
 * What is written down of an action; never a secret, nor what somebody typed as data.
 *
 * @public
 */
export type ActionDetails = Record<
  string,
  string | number | boolean | null | undefined | string[]
>;

/**
 * What an endpoint changes, and how that is written down, refusals too: with the parameters of its path and the
 * `reason` of its body. A body with `dryRun` set changes nothing, and is not written down.
 *
 * @public
 */
export interface EndpointWrites<
  TBody extends z.ZodType = z.ZodType,
  TResponse extends z.ZodType = z.ZodType,
> {
  /** Where something changes; in Airflow nothing does on a cluster that is read-only. */
  to: 'airflow' | 'portal';
  /** Its events in the audit log, kebab-case. */
  events: readonly [string, ...string[]];
  /** Which of several events it is. */
  eventOf?(body: z.output<TBody>): string;
  /** How grave it is, for the audit log. */
  severity: 'low' | 'medium' | 'high';
  /** What else there is to say of it. */
  details?(body: z.output<TBody>): ActionDetails;
  /** What there is to say of it once it is done. */
  outcome?(answer: z.input<TResponse>): ActionDetails;
  /** The id of the run that it made. */
  madeRun?(answer: z.input<TResponse>): string;
  /** What the body of another endpoint about the same is, which is done first where there is one. */
  first?: {
    endpoint: Endpoint;
    bodyOf(body: z.output<TBody>): object | undefined;
  };
}

/**
 * One endpoint of the portal's Airflow API, declared once: the router parses requests with it and enforces what it
 * needs, the browser's client builds and reads them with it, and the OpenAPI document is emitted from it.
 *
 * @public
 */
export interface Endpoint<
  TParams extends z.ZodObject = z.ZodObject,
  TQuery extends z.ZodObject = z.ZodObject,
  TBody extends z.ZodType = z.ZodType,
  TResponse extends z.ZodType = z.ZodType,
  TSubject extends keyof EndpointSubjects = keyof EndpointSubjects,
> {
  /** camelCase, unique; the `operationId` of the OpenAPI document. */
  operationId: string;
  /** HTTP method; `GET` changes nothing and may be repeated. */
  method: 'GET' | 'POST' | 'PATCH';
  /** Relative to the plugin's base, parameters as `:name`. */
  path: string;
  /** One line for a person; the `summary` of the OpenAPI document. */
  summary: string;
  /** What it is about, and what who asks needs for that. */
  needs: EndpointNeeds<TSubject>;
  /** What it changes; left out where that is nothing. */
  writes?: EndpointWrites<TBody, TResponse>;
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
  TSubject extends keyof EndpointSubjects,
>(
  declaration: Endpoint<TParams, TQuery, TBody, TResponse, TSubject> & {
    needs: { of: SubjectOfPath<TParams> };
  },
): Endpoint<TParams, TQuery, TBody, TResponse, TSubject> {
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
