import { z } from 'zod';
import { parseInstant } from '../api/time';
import { Range } from '../simulation/range';
import { invalid, ValidationIssue } from './errors';
import { rangeOf } from './query';

/** Reads a body; what does not fit is a 422 in pydantic's words. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  throw invalid(
    ...result.error.issues.flatMap((issue): ValidationIssue[] => {
      const loc = [
        'body',
        ...issue.path.map(p => (typeof p === 'number' ? p : String(p))),
      ];
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map(key => ({
          type: 'extra_forbidden',
          loc: [...loc, key],
          msg: 'Extra inputs are not permitted',
        }));
      }
      return issue.code === 'invalid_type' && /undefined/.test(issue.message)
        ? [{ type: 'missing', loc, msg: 'Field required', input: body }]
        : [{ type: 'value_error', loc, msg: issue.message }];
    }),
  );
}

/** Ranges in a body are named as in a query. */
export function bodyRange(
  body: Record<string, unknown>,
  name: string,
  step = 1,
): Range | undefined {
  return rangeOf(
    step,
    suffix => {
      const value = body[`${name}${suffix}`];
      return typeof value === 'number' ? value : undefined;
    },
    true,
  );
}

/** An aware date-time of a body, as milliseconds. */
export const awareInstant = z.string().transform((text, context) => {
  const at = parseInstant(text);
  if (typeof at === 'number') return at;
  context.addIssue(
    at === 'naive'
      ? 'Input should have timezone info'
      : 'Input should be a valid datetime',
  );
  return z.NEVER;
});
