import { z } from 'zod';
import { parseInstant } from '../api/time';
import { badRequest, specError } from './http';

/** An aware date-time of a body, as milliseconds. */
export const instant = z.string().transform((text, context) => {
  const at = parseInstant(text);
  if (typeof at === 'number') return at;
  context.addIssue(
    at === 'naive' ? 'Naive datetime is disallowed' : 'Not a valid datetime.',
  );
  return z.NEVER;
});

/** The same in bodies about task instances: nothing but ISO 8601. */
export const isoInstant = z.iso
  .datetime({ offset: true })
  .transform(t => Date.parse(t));

/** Reads a body; what does not fit is a 400, as marshmallow says it. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue.code === 'unrecognized_keys') {
    throw badRequest(`{'${issue.keys[0]}': ['Unknown field.']}`);
  }
  throw issue.path.length === 0
    ? specError(`None is not of type 'object'`)
    : badRequest(`{'${String(issue.path[0])}': ['${issue.message}']}`);
}
