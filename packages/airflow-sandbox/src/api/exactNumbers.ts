declare global {
  interface JSON {
    /** Of Node 21 and later: a number that is written out as it was given. */
    rawJSON(text: string): object;
    isRawJSON(value: unknown): boolean;
  }
}

/** Reads numbers as Python does, digit for digit; as a reviver of `JSON.parse`. */
export function exactNumber(
  _name: string,
  value: unknown,
  { source }: { source?: string } = {},
): unknown {
  return typeof value === 'number' &&
    source !== undefined &&
    JSON.stringify(value) !== source
    ? JSON.rawJSON(source)
    : value;
}

/** What Python calls a number. */
export function isNumber(value: unknown): boolean {
  return typeof value === 'number' || JSON.isRawJSON(value);
}

/** What jsonschema calls an integer. */
export function isInteger(value: unknown): boolean {
  return JSON.isRawJSON(value)
    ? /^-?\d+(?:\.0+)?$/.test(JSON.stringify(value))
    : Number.isInteger(value);
}
