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

function complaint(param: ParamDefinition, value: unknown): string | undefined {
  const { schema } = param;
  const types = [schema.type].flat().filter(t => typeof t === 'string');
  if (types.length > 0 && !types.some(t => TYPES[t]?.(value))) {
    const wanted = types.map(t => `'${t}'`).join(', ');
    return `${python(value)} is not of type ${wanted}`;
  }
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) {
    return `${python(value)} is not one of [${schema.enum
      .map(python)
      .join(', ')}]`;
  }
  if (typeof value === 'number') {
    if (typeof schema.minimum === 'number' && value < schema.minimum) {
      return `${value} is less than the minimum of ${schema.minimum}`;
    }
    if (typeof schema.maximum === 'number' && value > schema.maximum) {
      return `${value} is greater than the maximum of ${schema.maximum}`;
    }
  }
  if (typeof value === 'string') {
    if (
      typeof schema.minLength === 'number' &&
      [...value].length < schema.minLength
    ) {
      return `${python(value)} should be non-empty`;
    }
    if (
      typeof schema.maxLength === 'number' &&
      [...value].length > schema.maxLength
    ) {
      return `${python(value)} is too long`;
    }
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
