import type { Problem } from '@airflow-fleet/backstage-plugin-airflow-common';
import { isError } from '@backstage/errors';
import express, { type Request, type Response } from 'express';
import { ProblemError } from '../services';

const readText = express.text({ limit: '1mb', type: () => true });

/**
 * The text of a JSON body; undefined where none came, whatever the headers say of it.
 *
 * @throws ProblemError that says what is wrong with the body
 */
export async function readBody(
  request: Request,
  response: Response,
): Promise<string | undefined> {
  if (!mayHaveBody(request)) return undefined;
  const text = await new Promise<unknown>((resolve, reject) => {
    readText(request, response, (error?: unknown) =>
      error === undefined
        ? resolve(request.body)
        : reject(new ProblemError(unreadable(error, request))),
    );
  });
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  if (!request.is(['application/json'])) {
    throw new ProblemError({
      code: 'unsupported-media-type',
      field: 'content-type',
      message: 'The body is not called JSON',
      hint: 'Send JSON, with the header Content-Type: application/json',
    });
  }
  return text;
}

/** What GET is sent along is of no meaning, and is not looked at. */
function mayHaveBody({ method, headers }: Request): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return (
    headers['transfer-encoding'] !== undefined ||
    Number(headers['content-length'] ?? 0) > 0
  );
}

/** The mistake of the caller that kept a body from being read. */
function unreadable(error: unknown, { headers }: Request): Problem {
  const type = isError(error) ? error.type : undefined;
  switch (type) {
    case 'charset.unsupported':
      return {
        code: 'unsupported-media-type',
        field: 'content-type',
        message: 'The body is in a charset that is not known here',
        hint: 'Send it in UTF-8',
      };
    case 'encoding.unsupported':
      return {
        code: 'unsupported-media-type',
        field: 'content-encoding',
        message: 'The body is in a content encoding that is not known here',
        hint: 'Send it as it is, or with gzip, deflate or br',
      };
    case 'entity.too.large':
      return {
        code: 'body-too-large',
        field: 'body',
        message: 'The body is larger than one megabyte',
      };
    default:
      return {
        code: 'invalid-request',
        field: 'body',
        message: headers['content-encoding']
          ? 'The body is not in the content encoding that its header names'
          : 'The body did not arrive whole',
      };
  }
}
