import type { DagParam } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';

/** How the value of a param is filled in. */
export type FieldKind =
  | 'choice'
  | 'flag'
  | 'number'
  | 'date'
  | 'moment'
  | 'lines'
  | 'numbers'
  | 'text'
  | 'longText'
  | 'json';

/** A param as a form asks for it. */
export interface Field {
  name: string;
  title: string;
  description: string | null;
  /** The heading that its author put it under. */
  section: string | null;
  kind: FieldKind;
  /** Of a choice: what may be chosen, and what it is called. */
  choices: readonly { value: unknown; label: string }[];
  /** May be left empty, which is null then. */
  isOptional: boolean;
  /** Where numbers or lengths must lie. */
  limits: {
    least?: number;
    most?: number;
    above?: number;
    below?: number;
    isWhole: boolean;
    shortest?: number;
    longest?: number;
    pattern?: string;
  };
  defaultValue: unknown;
}

const number = z.number().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const types = z
  .union([z.string().transform(type => [type]), z.array(z.string())])
  .optional()
  .catch(undefined);

/** What a form understands of a param's JSON schema; the rest Airflow checks itself. */
const paramSchema = z.object({
  type: types,
  enum: z.array(z.unknown()).optional().catch(undefined),
  format: text,
  items: z.object({ type: types }).optional().catch(undefined),
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  minLength: number,
  maxLength: number,
  pattern: text,
  title: text,
  description: text,
  section: text,
  values_display: z.record(z.string(), z.string()).optional().catch(undefined),
});

type Schema = z.output<typeof paramSchema>;

/** Reads what there is to ask for a param. */
export function fieldOf({ name, value, description, schema }: DagParam): Field {
  const told = paramSchema.parse(schema);
  const named = told.type?.filter(type => type !== 'null');
  return {
    name,
    title: told.title ?? name,
    description: description ?? told.description ?? null,
    section: told.section ?? null,
    kind: kindOf(told, named?.length ? named : [typeOf(value)], value),
    choices: (told.enum ?? []).map(choice => ({
      value: choice,
      label: told.values_display?.[String(choice)] ?? String(choice),
    })),
    isOptional: told.type?.includes('null') ?? told.type === undefined,
    limits: {
      least: told.minimum,
      most: told.maximum,
      above: told.exclusiveMinimum,
      below: told.exclusiveMaximum,
      isWhole: named?.length === 1 && named[0] === 'integer',
      shortest: told.minLength,
      longest: told.maxLength,
      pattern: told.pattern,
    },
    defaultValue: value,
  };
}

function kindOf(
  schema: Schema,
  named: readonly string[],
  value: unknown,
): FieldKind {
  if (schema.enum) return 'choice';
  // One field cannot hold two types, but a number may be whole or not.
  const [type, ...others] = named;
  if (others.some(other => !['number', 'integer'].includes(other))) {
    return 'json';
  }
  switch (type) {
    case 'boolean':
      return schema.type?.includes('null') ? 'json' : 'flag';
    case 'number':
    case 'integer':
      return 'number';
    case 'string':
      return textKind(schema.format);
    case 'array':
      return listKind(schema.items?.type, value);
    default:
      return 'json';
  }
}

function textKind(format: string | undefined): FieldKind {
  if (format === 'date') return 'date';
  if (format === 'date-time') return 'moment';
  return format === 'multiline' ? 'longText' : 'text';
}

function listKind(
  items: readonly string[] | undefined,
  value: unknown,
): FieldKind {
  const all = Array.isArray(value) ? value : [];
  const [type = all.length > 0 ? typeOf(all[0]) : 'string'] = items ?? [];
  if (type === 'string' && all.every(item => isLine(item))) return 'lines';
  const isNumeric = type === 'number' || type === 'integer';
  return isNumeric && all.every(item => typeof item === 'number')
    ? 'numbers'
    : 'json';
}

/** Whether a text can stand in a line of its own, and is found there again. */
export function isLine(item: unknown): item is string {
  return typeof item === 'string' && item.trim() === item && /^.+$/u.test(item);
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null || value === undefined ? 'string' : typeof value;
}
