import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { inputOf } from '../__testUtils__/ruleReference';
import { airflowSchema } from './readAirflowConfig';

type Schema = z.core.JSONSchema.BaseSchema;

/** A key that the backend reads, and whether it must be given. */
interface Key {
  path: string;
  schema: Schema;
  isRequired: boolean;
}

/** Such as `clusters.limits.timeout`; lists and alternatives count as what they hold. */
function keysOf(schema: Schema, at = ''): Key[] {
  const { items, oneOf = [], properties = {}, required = [] } = schema;
  const within = [items, ...oneOf].flatMap(part =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? keysOf(part, at)
      : [],
  );
  const own = Object.entries(properties).flatMap(([name, value]) => {
    if (typeof value !== 'object') return [];
    const path = at ? `${at}.${name}` : name;
    const key = { path, schema: value, isRequired: required.includes(name) };
    return [key, ...keysOf(value, path)];
  });
  return [...own, ...within];
}

/** How TypeScript writes it; of what holds other keys only how it begins, since those stand for themselves. */
function typeOf({ enum: choice, ...schema }: Schema): string {
  if (choice) return choice.map(value => `'${value}'`).join(' | ');
  if (schema.anyOf) return 'HumanDuration | string';
  if (schema.properties || schema.oneOf) return '{';
  const { items, additionalProperties: values } = schema;
  if (items && typeof items === 'object' && !Array.isArray(items)) {
    const item = typeOf(items);
    return /^\w+$/.test(item)
      ? `${item}[]`
      : `Array<${item}${item === '{' ? '' : '>'}`;
  }
  if (values && typeof values === 'object') {
    return `{ [name: string]: ${typeOf(values)} }`;
  }
  return schema.type === 'integer' ? 'number' : String(schema.type);
}

/** What `config.d.ts` says of a key: its type, whether it may be left out, and the comment before it. */
interface Declared {
  type: string;
  mayLack: boolean;
  comment: string;
}

const text = ['airflow-backend', 'airflow-common']
  .map(name => resolve(__dirname, '../../..', name, 'config.d.ts'))
  .map(file => readFileSync(file, 'utf8'))
  .join('')
  // A comment, and a choice of several lines, come into the line of their key.
  .replace(/ *\/\*\*([^]*?)\*\/\n( +)(\w.*)/g, (_all, comment, indent, key) =>
    [indent, key, ' // ', comment.replace(/\s+\*?\s*/g, ' ')].join(''),
  )
  .replace(/:\n +\|/g, ':')
  .replace(/\n +\|/g, ' |');

const declared = new Map<string, Declared>();
const above: { indent: number; name: string }[] = [];
for (const line of text.split('\n')) {
  const [, { length: indent } = '', name, mayLack, type, comment = ''] =
    /^( +)(\w+)(\??): ?(.*?);?(?: \/\/ (.*))?$/.exec(line) ?? [];
  if (name === undefined) continue;
  while ((above.at(-1)?.indent ?? 0) >= indent) above.pop();
  above.push({ indent, name });
  declared.set(above.map(key => key.name).join('.'), {
    type: type.replace(/\[\w+: string\]/, '[name: string]'),
    mayLack: mayLack === '?',
    comment,
  });
}

const read = new Map(
  keysOf(inputOf(airflowSchema)).map(key => [key.path, key]),
);
// What rules of one type have is made of their schema.
const byHand = [...read.values()].filter(
  ({ path }) => !/^alerts\.rules\.(?!name|scope)/.test(path),
);

/** Each kind of rule is named once in the file. */
const looser: Record<string, string> = {
  'alerts.routes.match.ruleTypes': 'string[]',
};

describe('config.d.ts', () => {
  it.each(byHand)('declares $path as it is read', key => {
    const { path, schema, isRequired } = key;
    expect(declared.get(`airflow.${path}`)).toMatchObject({
      type: looser[path] ?? typeOf(schema),
      mayLack: !isRequired,
    });
  });

  const units: [ms: number, name: string][] = [
    [86_400_000, 'days'],
    [60_000, 'minutes'],
    [1_000, 'seconds'],
  ];
  function inWords({ default: value, ...schema }: Schema): string {
    if (typeof value !== 'number') return `\`${value}\``;
    if (schema.type) return String(value);
    const [ms, name] = units.find(([unit]) => value % unit === 0) ?? [1, 'ms'];
    return `${value / ms} ${name}`;
  }
  const withDefault = byHand.filter(({ schema }) =>
    ['number', 'boolean'].includes(typeof schema.default),
  );

  it.each(withDefault)('says what $path is unless set', ({ path, schema }) => {
    expect(declared.get(`airflow.${path}`)?.comment).toContain(
      `${inWords(schema)} unless set`,
    );
  });
});
