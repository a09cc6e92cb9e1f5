import { isInteger, isNumber } from './exactNumbers';
import { DagDefinition, ParamDefinition } from '../fleet/types';

const TYPES: Record<string, (value: unknown) => boolean> = {
  string: v => typeof v === 'string',
  integer: isInteger,
  number: isNumber,
  boolean: v => typeof v === 'boolean',
  array: v => Array.isArray(v),
  object: v =>
    typeof v === 'object' && v !== null && !Array.isArray(v) && !isNumber(v),
  null: v => v === null,
};

/** A value as Python prints it in jsonschema's messages. */
function python(value: unknown): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return `'${value}'`;
  return JSON.stringify(value);
}

type Check = (
  schema: ParamDefinition['schema'],
  value: unknown,
) => string | undefined;

const wrongType: Check = (schema, value) => {
  const types = [schema.type].flat().filter(t => typeof t === 'string');
  if (types.length === 0 || types.some(t => TYPES[t]?.(value))) {
    return undefined;
  }
  const wanted = types.map(t => `'${t}'`).join(', ');
  return `${python(value)} is not of type ${wanted}`;
};

const notAmong: Check = ({ enum: allowed }, value) =>
  Array.isArray(allowed) && !allowed.includes(value)
    ? `${python(value)} is not one of [${allowed.map(python).join(', ')}]`
    : undefined;

const outOfBounds: Check = ({ minimum, maximum }, value) => {
  if (typeof value !== 'number') return undefined;
  if (typeof minimum === 'number' && value < minimum) {
    return `${value} is less than the minimum of ${minimum}`;
  }
  return typeof maximum === 'number' && value > maximum
    ? `${value} is greater than the maximum of ${maximum}`
    : undefined;
};

const wrongLength: Check = ({ minLength, maxLength }, value) => {
  if (typeof value !== 'string') return undefined;
  const { length } = [...value];
  if (typeof minLength === 'number' && length < minLength) {
    return `${python(value)} should be non-empty`;
  }
  return typeof maxLength === 'number' && length > maxLength
    ? `${python(value)} is too long`
    : undefined;
};

const CHECKS = [wrongType, notAmong, outOfBounds, wrongLength];

/** The first of a param's keywords that a value breaks, in jsonschema's words. */
function complaint(
  { schema }: ParamDefinition,
  value: unknown,
): string | undefined {
  for (const check of CHECKS) {
    const wrong = check(schema, value);
    if (wrong) return wrong;
  }
  return undefined;
}

/** Why a run cannot be triggered with this conf, in jsonschema's words. */
export function checkConf(
  dag: DagDefinition,
  conf: Record<string, unknown>,
): string | undefined {
  for (const [name, param] of Object.entries(dag.params)) {
    if (!(name in conf)) continue;
    const wrong = complaint(param, conf[name]);
    if (wrong) {
      return `Invalid input for param ${name}: ${wrong}\n\nFailed validating ${python(
        'type' in param.schema ? 'type' : 'enum',
      )} in schema:\n    ${JSON.stringify(
        param.schema,
      )}\n\nOn instance:\n    ${python(conf[name])}`;
    }
  }
  return undefined;
}
