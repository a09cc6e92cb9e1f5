import type { z } from 'zod';

/**
 * Reads a type that the package tells of in full, so that the API report can name it instead of spelling it out.
 *
 * @public
 */
export interface Schema<T> extends z.ZodType<T, T> {}

/** Holds a schema to the type that it is declared to read: what the one allows, the other allows too. */
export function schemaOf<T, S extends z.ZodType<T, T>>(
  schema: [T] extends [z.output<S>] ? S : never,
): Schema<T> {
  return schema;
}
