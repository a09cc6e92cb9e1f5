import { z } from 'zod';
import { invalid } from './errors';

/** Ranges in a body are named as in a query. */
export function rangeFields(names: string[], value: z.ZodType) {
  const suffixes = ['_gte', '_gt', '_lte', '_lt'];
  return Object.fromEntries(
    names.flatMap(n => suffixes.map(s => [`${n}${s}`, value.nullish()])),
  );
}

/** Batch paths take `~` and nothing else. */
export function requireWildcard(value: string, name: string): void {
  if (value === '~') return;
  throw invalid({
    type: 'literal_error',
    loc: ['path', name],
    msg: "Input should be '~'",
    input: value,
    ctx: { expected: "'~'" },
  });
}
