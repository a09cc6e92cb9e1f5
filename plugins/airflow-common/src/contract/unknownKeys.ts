import { z } from 'zod';

/**
 * A key that a schema does not know, by the way to it, and those that it knows there.
 *
 * @public
 */
export interface UnknownKey {
  /** From the outermost key to the unknown one. */
  path: string[];
  /** What may stand in its place. */
  known: string[];
}

/**
 * The first key of a request that its schema does not know, wherever in it. It is a mistake that would pass unseen: a
 * filter with a typing error would not narrow a list.
 *
 * @public
 */
export function unknownKeyIn(
  schema: z.core.$ZodType,
  value: unknown,
  path: string[] = [],
): UnknownKey | undefined {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault
  ) {
    return unknownKeyIn(schema.unwrap(), value, path);
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return firstOf(value.entries(), (index, item) =>
      unknownKeyIn(schema.element, item, [...path, String(index)]),
    );
  }
  if (!(schema instanceof z.ZodObject) || !isObject(value)) return undefined;
  const shape = new Map(Object.entries(schema.shape));
  return firstOf(Object.entries(value), (key, member) => {
    const inner = shape.get(key);
    return inner
      ? unknownKeyIn(inner, member, [...path, key])
      : { path: [...path, key], known: [...shape.keys()] };
  });
}

function firstOf<K, V>(
  entries: Iterable<[K, V]>,
  look: (key: K, value: V) => UnknownKey | undefined,
): UnknownKey | undefined {
  for (const [key, value] of entries) {
    const found = look(key, value);
    if (found) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
