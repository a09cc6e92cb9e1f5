import type { HostileAnswer } from './hostile';

const MB = 1_000_000;
const list = { version: 'v2', begin: '{"dags": [', end: ']}' } as const;
const source = String.raw`def f(x):\n    return {\"a\": \"b\", 'c': [1, 2]}\n`;

/** What a hostile Airflow answers where something is to be read from JSON. */
export const hostileAnswers: Record<string, HostileAnswer> = {
  'source cut within a string': {
    version: 'v2',
    begin: '{"content": "',
    unit: source,
    length: 161_000,
  },
  'ten million brackets': { version: 'v2', unit: '[', length: 10 * MB },
  'objects within objects': { version: 'v2', unit: '{"a":', length: 30 * MB },
  'a text of 30 MB': {
    version: 'v2',
    begin: '{"dags": "',
    unit: 'a',
    length: 30 * MB,
    end: '"}',
  },
  'a text of escapes': {
    version: 'v2',
    begin: '{"dags": "',
    unit: '\\u0041',
    length: 30 * MB,
    end: '"}',
  },
  'nothing but space': { version: 'v2', unit: ' ', length: 30 * MB },
  'nothing but digits': { version: 'v2', unit: '7', length: 30 * MB },
  'nothing but quotes': {
    version: 'v2',
    begin: '[',
    unit: '"\\"",',
    length: 30 * MB,
  },
  'NaN at the end': {
    version: 'v2',
    begin: '["',
    unit: 'x',
    length: 30 * MB,
    end: '", NaN]',
  },
  'millions of values': { ...list, unit: '1,', length: 30 * MB, end: '1]}' },
  'rows that cannot be read': {
    ...list,
    unit: '{},',
    length: 150_000,
    end: '{}]}',
  },
  'rows by the ten thousand': {
    ...list,
    unit: '{"dag_id": "a", "tags": [{"name": "b"}], "owners": ["c"]},',
    length: 3 * MB,
    end: '{"dag_id": "d"}]}',
  },
  'a refusal of 10 MB': {
    version: 'v2',
    status: 422,
    begin: '{"detail": [',
    unit: '{"loc": ["a"], "msg": "b"},',
    length: 10 * MB,
    end: '{}]}',
  },
  'an answer without end': {
    ...list,
    unit: '{"dag_id": "a"},',
    length: Number.MAX_SAFE_INTEGER,
  },
};
