import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const valueSchema = z.union([z.string(), z.number(), z.null()]);

/** A value of a sorted column. */
export type CursorValue = z.infer<typeof valueSchema>;

const cursorSchema = z.object({
  /** Of sort and filter, so that a cursor is not used with others. */
  f: z.string(),
  v: z.array(valueSchema),
});

/** Names a question, so that a cursor can tell whether it belongs to it. */
export function fingerprint(question: unknown): string {
  const text = JSON.stringify(question, (_, value) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort())
      : value,
  );
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** Marks the place after a row, given by the row's sorted columns. */
export function writeCursor(
  question: string,
  place: readonly CursorValue[],
): string {
  const cursor: z.infer<typeof cursorSchema> = { f: question, v: [...place] };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws InputError when it is no cursor, or one of another question */
export function readCursor(
  cursor: string,
  question: string,
  columns: number,
): CursorValue[] {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    read = undefined;
  }
  const parsed = cursorSchema.safeParse(read);
  if (!parsed.success || parsed.data.v.length !== columns) {
    throw new InputError(
      'cursor is not one that this list gave; leave it out to start over',
    );
  }
  if (parsed.data.f !== question) {
    throw new InputError(
      'cursor belongs to another sort or filter; leave it out to start over',
    );
  }
  return parsed.data.v;
}
