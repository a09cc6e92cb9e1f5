import { z } from 'zod';
import { badRequest } from './errors';

const tokenSchema = z.object({
  /** Sort value of the last row, where the sort is by time. */
  key: z.number().optional(),
  /** Rows with that value that were already given. */
  seen: z.int().min(0),
  offset: z.int().min(0),
});

type CursorToken = z.infer<typeof tokenSchema>;

/** Where a page begins, or ends if it is asked for backward. */
export interface Cursor {
  token: CursorToken;
  backward: boolean;
}

export function encodeCursor(token: CursorToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/** Reads a cursor; an empty one asks for the first page. */
export function decodeCursor(text: string): Cursor | undefined {
  if (text === '') return undefined;
  const backward = text.startsWith('~');
  try {
    const raw = Buffer.from(backward ? text.slice(1) : text, 'base64url');
    const token = tokenSchema.parse(JSON.parse(raw.toString('utf8')));
    return { token, backward };
  } catch {
    throw badRequest('Invalid cursor token');
  }
}

export const TOTAL_LIMIT = 50_000;
