import type {
  Problem,
  ProblemResponse,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';
import { AirflowError, BusyError } from '../airflow';
import { ProblemError } from '../services';
import { statusOf } from './problemStatus';

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
    const waitMs = retryAfterMsOf(error);
    if (waitMs !== undefined) {
      response.set('Retry-After', String(Math.ceil(waitMs / 1000)));
    }
    const body = toResponse(problem);
    response.status(body.status).type('application/problem+json').json(body);
  };
}

function retryAfterMsOf(error: unknown): number | undefined {
  return error instanceof AirflowError || error instanceof BusyError
    ? error.retryAfterMs
    : undefined;
}

function toProblem(error: unknown): Problem {
  if (error instanceof AirflowError || error instanceof BusyError) {
    return error.toProblem();
  }
  if (error instanceof ProblemError) return error.problem;
  if (isUndecodablePath(error)) {
    return {
      code: 'invalid-request',
      field: 'path',
      message: 'The path holds a % that begins no character of UTF-8',
      hint: 'Encode each id in the path once; a % itself is %25',
    };
  }
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
      default:
    }
  }
  return {
    code: 'internal',
    message: 'Something went wrong within the portal',
    hint: "The backend's log says what",
  };
}

/** Express marks its own; one of ours would be no mistake of the caller. */
function isUndecodablePath(error: unknown): boolean {
  return error instanceof URIError && 'status' in error && error.status === 400;
}

function toResponse(problem: Problem): ProblemResponse {
  return {
    type: `urn:airflow-fleet:problem:${problem.code}`,
    title: problem.code,
    status: statusOf(problem.code),
    detail: problem.message,
    ...problem,
  };
}
