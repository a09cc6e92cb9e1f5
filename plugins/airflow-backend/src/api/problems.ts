import type {
  Problem,
  ProblemCode,
  ProblemResponse,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AirflowError } from '../airflow';
import { ProblemError } from '../services';

/**
 * Those of an Airflow are gateway errors: what the caller did was right, and 401 or 403 would be taken for the
 * portal's own. What Airflow says about the request itself keeps its meaning.
 */
const statuses: Record<ProblemCode, number> = {
  unreachable: 502,
  timeout: 504,
  tls: 502,
  unauthorized: 502,
  forbidden: 502,
  'not-an-airflow': 502,
  'rate-limited': 503,
  'airflow-not-found': 404,
  'airflow-bad-request': 400,
  'airflow-conflict': 409,
  unsupported: 400,
  'server-error': 502,
  'invalid-response': 502,
  'too-large': 502,
  'circuit-open': 503,
  'component-unhealthy': 503,

  'invalid-request': 400,
  unauthenticated: 401,
  'not-allowed': 403,
  'read-only': 403,
  'unknown-cluster': 404,
  'not-found': 404,
  gone: 410,
  internal: 500,
};

/** Answers in place of a route that there is not. */
export const noSuchRoute: RequestHandler = request => {
  throw new ProblemError({
    code: 'not-found',
    message: `There is nothing at ${request.method} ${request.path}`,
    hint: '/openapi.json lists what there is',
  });
};

/** Turns every error into a problem response (RFC 9457). */
export function problemHandler(logger: LoggerService): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = toProblem(error);
    if (problem.code === 'internal') {
      const what = `${request.method} ${request.path} failed`;
      logger.error(what, isError(error) ? error : undefined);
    }
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof AirflowError && error.retryAfterMs !== undefined) {
      response.set('Retry-After', String(Math.ceil(error.retryAfterMs / 1000)));
    }
    const body = toResponse(problem);
    response.status(body.status).type('application/problem+json').json(body);
  };
}

function toProblem(error: unknown): Problem {
  if (error instanceof AirflowError) return error.toProblem();
  if (error instanceof ProblemError) return error.problem;
  if (isError(error)) {
    switch (error.name) {
      case 'InputError':
        return { code: 'invalid-request', message: error.message };
      case 'AuthenticationError':
        return {
          code: 'unauthenticated',
          message: 'Who asks is not known',
          hint: 'Sign in again, or send a valid token',
        };
      case 'NotAllowedError':
        return { code: 'not-allowed', message: error.message };
      case 'SyntaxError':
        return {
          code: 'invalid-request',
          field: 'body',
          message: 'The body is not JSON',
        };
      case 'PayloadTooLargeError':
        return {
          code: 'invalid-request',
          field: 'body',
          message: 'The body is larger than one megabyte',
        };
      default:
    }
  }
  return {
    code: 'internal',
    message: 'Something went wrong within the portal',
    hint: "The backend's log says what",
  };
}

function toResponse(problem: Problem): ProblemResponse {
  return {
    type: `urn:airflow-fleet:problem:${problem.code}`,
    title: problem.code,
    status: statuses[problem.code],
    detail: problem.message,
    ...problem,
  };
}
