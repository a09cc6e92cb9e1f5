import { NextFunction, Request, Response } from 'express';

/** One complaint of pydantic. */
export interface ValidationIssue {
  type: string;
  loc: Array<string | number>;
  msg: string;
  input?: unknown;
  ctx?: Record<string, unknown>;
}

/** An error as Airflow 3 answers it: `{"detail": …}`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string | object | ValidationIssue[],
  ) {
    super(typeof detail === 'string' ? detail : JSON.stringify(detail));
  }
}

export const notFound = (detail: string) => new ApiError(404, detail);
export const badRequest = (detail: string) => new ApiError(400, detail);
export const invalid = (...issues: ValidationIssue[]) =>
  new ApiError(422, issues);

/** What the database's complaints become. */
export function databaseError(status: number, reason: string): ApiError {
  return new ApiError(status, {
    reason,
    statement: 'hidden',
    orig_error: 'hidden',
    message:
      'Serious error when handling your request. Check logs for more details - you will find it in api server when you look for ID 5c1sandbox',
  });
}

export function sendError(
  error: unknown,
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (error instanceof ApiError && !response.headersSent) {
    response.status(error.status).json({ detail: error.detail });
    return;
  }
  next(error);
}
