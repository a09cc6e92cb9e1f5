import {
  compactJson,
  membersOf,
  objectOf,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { act, renderHook } from '@testing-library/react';
import fc from 'fast-check';
import { useParamValues } from './useParamValues';

/** Any JSON, also what JavaScript reads as something else. */
const number = fc.constantFrom(
  '9007199254740993',
  '12345678901234567890',
  '0.12345678901234567890',
  '1.0',
  '-0',
  '1E5',
);
const json = fc.oneof(
  number,
  fc.json(),
  fc.array(number).map(items => `[${items.join(', ')}]`),
  fc.dictionary(fc.string(), number).map(o => objectOf(Object.entries(o))),
);
const name = fc.oneof(fc.string(), fc.constantFrom('10', '2', '__proto__'));
const conf = fc
  .uniqueArray(fc.tuple(name, json), { selector: ([of]) => of })
  .map(objectOf);

const paramsOf = (object: string) =>
  [...membersOf(object)].map(([of, value]) => ({
    name: of,
    value,
    description: null,
    schema: '{}',
  }));

describe('a form that nobody touched', () => {
  it('sends nothing, and holds every default as it was told', () =>
    fc.assert(
      fc.property(conf, defaults => {
        const params = paramsOf(defaults);
        const { result } = renderHook(() => useParamValues(params));
        expect(result.current).toMatchObject({ changed: '{}', isValid: true });
        expect(compactJson(result.current.all)).toBe(compactJson(defaults));
      }),
      { numRuns: 50 },
    ));

  /** As Airflow tells the params of a DAG: value, and schema. */
  it.each<[string, string, string]>([
    ['plain_empty', '""', '{}'],
    ['plain_tab', '"\\t"', '{}'],
    ['plain_blank', '" "', '{}'],
    ['nullable', '""', '{"type":["string","null"]}'],
    ['delimiter', '"\\t"', '{"type":"string"}'],
    ['icons', '"\ud83d\udcbc\ud83d\udcbc"', '{"type":"string","maxLength":2}'],
    ['lines', '"a\\r\\n\\tb\\n"', '{"type":"string"}'],
    ['no_break', '"\u00a0"', '{"type":"string","minLength":1}'],
    ['blanks', '[" ", ""]', '{"type":"array"}'],
    ['zero', '-0.0', '{"type":"number"}'],
    ['empty', '{}', '{"type":["object","null"]}'],
  ])('takes the default of %s as it is (T02)', (of, value, schema) => {
    const params = [{ name: of, value, description: null, schema }];
    const { result } = renderHook(() => useParamValues(params));
    expect(result.current).toMatchObject({ changed: '{}', isValid: true });
    expect(compactJson(result.current.all)).toBe(
      compactJson(objectOf([[of, value]])),
    );
  });

  it('sends an earlier conf word for word, in its order', () =>
    fc.assert(
      fc.property(conf, conf, (defaults, earlier) => {
        const params = paramsOf(defaults);
        const { result } = renderHook(() => useParamValues(params));
        act(() => result.current.replace(earlier));
        expect(compactJson(result.current.changed)).toBe(compactJson(earlier));
      }),
      { numRuns: 50 },
    ));
});

describe('a form that somebody touched', () => {
  const params = paramsOf(
    '{"id": 9007199254740993, "words": "a\\r\\nb", "none": null}',
  );
  const touch = (changes: [number, string | null][]) => {
    const { result } = renderHook(() => useParamValues(params));
    for (const [index, draft] of changes) {
      act(() => result.current.set(result.current.fields[index], draft));
    }
    return result.current.changed;
  };

  it.each<[string, [number, string | null][]]>([
    ['{"id":9007199254740992}', [[0, '9007199254740992']]],
    ['{"none":""}', [[2, '']]],
    [
      '{}',
      [
        [0, '5'],
        [0, '9007199254740993'],
      ],
    ],
    [
      '{}',
      [
        [2, ''],
        [2, null],
      ],
    ],
    [
      '{"id":1.0,"words":""}',
      [
        [1, ''],
        [0, '1.0'],
      ],
    ],
  ])('sends only %s', (sent, changes) => {
    const members = (text: string) => new Map([...membersOf(text)].sort());
    expect(members(touch(changes))).toEqual(members(sent));
  });
});
