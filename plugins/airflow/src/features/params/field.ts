import {
  compactJson,
  itemsOf,
  membersOf,
  shownText,
  textIn,
  type DagParam,
  type JsonText,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { isDay, isMoment } from './moments';
import { numberText } from './numbers';

/** How the value of a param is filled in. */
export type FieldKind =
  | 'fixed'
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
  choices: readonly { json: JsonText; label: string }[];
  /** May be null. */
  isOptional: boolean;
  /** Where numbers or lengths must lie; numbers as they are written. */
  limits: {
    least?: JsonText;
    most?: JsonText;
    above?: JsonText;
    below?: JsonText;
    isWhole: boolean;
    shortest?: number;
    longest?: number;
    pattern?: string;
  };
  /** As Airflow tells it. */
  defaultJson: JsonText;
}

const length = z.number().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const types = z
  .union([z.string().transform(type => [type]), z.array(z.string())])
  .optional()
  .catch(undefined);

/** What a form understands of a param's JSON schema, beside its values; the rest Airflow checks itself. */
const paramSchema = z.object({
  type: types,
  format: text,
  items: z.object({ type: types }).optional().catch(undefined),
  minLength: length,
  maxLength: length,
  pattern: text,
  title: text,
  description: text,
  section: text,
  values_display: z.record(z.string(), z.string()).optional().catch(undefined),
});

/** The same with the values, which stay as they are written. */
interface Schema extends z.output<typeof paramSchema> {
  choices?: JsonText[];
  isFixed: boolean;
}

/** Reads what there is to ask for a param. */
export function fieldOf({ name, value, description, schema }: DagParam): Field {
  const members = membersOf(schema);
  const known = schemaOf(members);
  const named = known.type?.filter(type => type !== 'null');
  const limit = (key: string) => numberText(members.get(key) ?? '');
  return {
    name,
    title: known.title ?? name,
    description: description ?? known.description ?? null,
    section: known.section ?? null,
    kind: kindOf(known, named?.length ? named : [typeOf(value)], value),
    choices: (known.choices ?? []).map(json => {
      const shown = shownText(json);
      return { json, label: known.values_display?.[shown] ?? shown };
    }),
    // A plain text may be empty, which is a text too.
    isOptional:
      known.type?.includes('null') ??
      (value === 'null' || typeOf(value) !== 'string'),
    limits: {
      least: limit('minimum'),
      most: limit('maximum'),
      above: limit('exclusiveMinimum'),
      below: limit('exclusiveMaximum'),
      isWhole: named?.length === 1 && named[0] === 'integer',
      shortest: known.minLength,
      longest: known.maxLength,
      pattern: known.pattern,
    },
    defaultJson: value,
  };
}

function schemaOf(members: Map<string, JsonText>): Schema {
  const plain = Object.fromEntries(
    [...members].map(([key, json]) => [key, readOrNothing(json)]),
  );
  const choices = members.get('enum');
  return {
    ...paramSchema.parse(plain),
    choices: choices?.startsWith('[')
      ? itemsOf(choices).map(compactJson)
      : undefined,
    isFixed: members.has('const'),
  };
}

/** Nothing for what only Python can read. */
function readOrNothing(json: JsonText): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function kindOf(
  schema: Schema,
  named: readonly string[],
  value: JsonText,
): FieldKind {
  if (schema.isFixed) return 'fixed';
  if (schema.choices) return 'choice';
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
      return textKind(schema.format, textIn(value));
    case 'array':
      return listKind(schema.items?.type, itemsOf(value));
    default:
      return 'json';
  }
}

/** What a calendar cannot show is text, so that it is seen. */
function textKind(
  format: string | undefined,
  value: string | undefined,
): FieldKind {
  if (format === 'date' && (!value || isDay(value))) return 'date';
  if (format === 'date-time' && (!value || isMoment(value))) return 'moment';
  const hasLines = value !== undefined && /[\r\n]/.test(value);
  return format === 'multiline' || hasLines ? 'longText' : 'text';
}

function listKind(
  items: readonly string[] | undefined,
  all: readonly JsonText[],
): FieldKind {
  const [type = all.length > 0 ? typeOf(all[0]) : 'string'] = items ?? [];
  if (type === 'string' && all.every(item => isLine(textIn(item)))) {
    return 'lines';
  }
  const isNumeric = type === 'number' || type === 'integer';
  return isNumeric && all.every(item => numberText(item) !== undefined)
    ? 'numbers'
    : 'json';
}

/** Whether a text can stand in a line of its own, and is found there again. */
export function isLine(item: string | undefined): item is string {
  return item !== undefined && item.trim() !== '' && !/[\r\n]/.test(item);
}

function typeOf(json: JsonText): string {
  if (json.startsWith('[')) return 'array';
  if (json.startsWith('{')) return 'object';
  if (json === 'true' || json === 'false') return 'boolean';
  return json.startsWith('"') || json === 'null' ? 'string' : 'number';
}
