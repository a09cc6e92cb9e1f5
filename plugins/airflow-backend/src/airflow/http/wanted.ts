import { z } from 'zod';

/** What of a JSON value is read by anybody; all of it where nothing is said. */
export interface Wanted {
  /** The value is to be an object, of which others than these are nobody's. */
  members?: ReadonlyMap<string, Wanted>;
  /** The value is to be a list, of such as these. */
  items?: Wanted;
  /** Of how many at most. */
  mostItems?: number;
}

export const anything: Wanted = {};

const known = new WeakMap<z.core.$ZodType, Wanted>();

/** Says of a schema that cannot show it what it reads. */
export function withWanted<T extends z.ZodType>(schema: T, wanted: Wanted): T {
  known.set(schema, wanted);
  return schema;
}

/** What a schema reads of a value. What it reads by means of its own counts as all. */
export function wantedOf(schema: z.core.$ZodType): Wanted {
  const wanted = known.get(schema) ?? shownBy(schema);
  known.set(schema, wanted);
  return wanted;
}

function shownBy(schema: z.core.$ZodType): Wanted {
  if (schema instanceof z.ZodObject) {
    if (schema.def.catchall) return anything;
    const members = Object.entries<z.core.$ZodType>(schema.shape);
    return {
      members: new Map(members.map(([name, of]) => [name, wantedOf(of)])),
    };
  }
  if (schema instanceof z.ZodArray) return { items: wantedOf(schema.element) };
  if (schema instanceof z.ZodPipe) return wantedOf(schema.in);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodCatch ||
    schema instanceof z.ZodDefault
  ) {
    return wantedOf(schema.unwrap());
  }
  return anything;
}
