import { compactJson } from '@airflow-fleet/backstage-plugin-airflow-common';
import fc from 'fast-check';
import { fromDefault, fromDraft, leftToAirflow, toDraft } from './draft';
import { fieldOf, isLine } from './field';

const field = (schema: Record<string, unknown>, value: unknown = null) =>
  fieldOf({
    name: 'p',
    value: JSON.stringify(value),
    description: null,
    schema: JSON.stringify(schema),
  });

/** As Airflow wrote it, for what JavaScript cannot write. */
const told = (schema: string, value: string) =>
  fieldOf({ name: 'p', value, description: null, schema });

describe('a param', () => {
  it.each([
    [{ type: 'string' }, 'a', 'text'],
    [{ type: ['null', 'string'] }, null, 'text'],
    [{ type: 'string', format: 'multiline' }, 'a', 'longText'],
    [{ type: 'string', format: 'date' }, '2026-11-01', 'date'],
    [{ type: 'string', format: 'date-time' }, null, 'moment'],
    [{ type: 'string', enum: ['a', 'b'] }, 'a', 'choice'],
    [{ enum: [1, 2, null] }, 1, 'choice'],
    [{ type: 'integer' }, 1, 'number'],
    [{ type: ['integer', 'number'] }, 1, 'number'],
    [{ type: 'boolean' }, true, 'flag'],
    [{ type: ['null', 'boolean'] }, null, 'json'],
    [{ type: 'array' }, [], 'lines'],
    [{ type: 'array', items: { type: 'string' } }, ['a'], 'lines'],
    [{ type: 'array' }, ['two\nlines'], 'json'],
    [{ type: 'array', items: { type: 'number' } }, [1], 'numbers'],
    [{ type: 'array', items: { type: 'object' } }, [{}], 'json'],
    [{ type: 'object' }, {}, 'json'],
    [{ type: ['string', 'array'] }, 'a', 'json'],
    // A plain value, without a schema.
    [{}, 'text', 'text'],
    [{}, 3, 'number'],
    [{}, true, 'flag'],
    [{}, ['a'], 'lines'],
    [{}, { a: 1 }, 'json'],
    [{}, null, 'text'],
    [{ type: 'string' }, 'one\r\ntwo', 'longText'],
    [{}, 'one\ntwo', 'longText'],
    [{ const: 'x' }, 'x', 'fixed'],
    [{ type: 'array' }, [' '], 'json'],
    [{ type: 'array' }, [' padded\t'], 'lines'],
    // What a calendar cannot show is seen as text.
    [{ type: 'string', format: 'date-time' }, '2026-11-01 02:03', 'text'],
    [{ type: 'string', format: 'date' }, 'tomorrow', 'text'],
    // What this form does not understand, Airflow still does.
    [{ type: 7, enum: 'no list', minimum: 'low' }, 'a', 'text'],
  ])('of %j with %j is filled in as %3$s', (schema, value, kind) => {
    expect(field(schema, value).kind).toBe(kind);
  });

  it('has the title, section and words that its author gave', () => {
    const schema = {
      type: 'string',
      enum: ['eu', 'us'],
      title: 'Region',
      section: 'Where',
      description: 'Of the shops',
      values_display: { eu: 'Europe' },
    };
    expect(field(schema, 'eu')).toMatchObject({
      title: 'Region',
      section: 'Where',
      description: 'Of the shops',
      choices: [
        { json: '"eu"', label: 'Europe' },
        { json: '"us"', label: 'us' },
      ],
    });
  });
});

describe('what stands in a field', () => {
  const line = fc
    .string()
    .map(text => text.replace(/[\r\n]/g, ''))
    .filter(isLine);
  it.each([
    ['text', field({ type: 'string' }, 'a'), fc.string({ unit: 'binary' })],
    [
      'text or none',
      field({ type: ['string', 'null'] }),
      fc.option(fc.string()),
    ],
    [
      'numbers',
      field({ type: 'number' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(n => n + 0),
    ],
    ['whole numbers', field({ type: 'integer' }), fc.integer()],
    ['flags', field({ type: 'boolean' }, true), fc.boolean()],
    ['lists', field({ type: 'array' }), fc.array(line)],
    [
      'lists of numbers',
      field({ type: 'array', items: { type: 'number' } }),
      fc.array(fc.integer()),
    ],
    [
      'objects',
      field({ type: 'object' }, {}),
      fc
        .dictionary(fc.string(), fc.jsonValue())
        .map(o => JSON.parse(JSON.stringify(o))),
    ],
    [
      'choices',
      field({ enum: ['a', 1, true, 'true', '1'] }),
      fc.constantFrom('a', 1, true, 'true', '1'),
    ],
  ])('reads as the value that it shows: %s', (_, of, values) => {
    fc.assert(
      fc.property<[unknown]>(values, value => {
        const json = JSON.stringify(value);
        const read = fromDraft(of, toDraft(of, json));
        expect('json' in read && compactJson(read.json)).toBe(json);
      }),
    );
  });

  it.each([
    [{ type: 'integer', minimum: 1, maximum: 9 }, '0', '1 or more'],
    [{ type: 'integer', minimum: 1, maximum: 9 }, '10', '9 or less'],
    [{ type: 'integer' }, '1.5', 'whole number'],
    [{ type: 'number', exclusiveMinimum: 0 }, '0', 'more than 0'],
    [{ type: 'number', exclusiveMaximum: 1 }, '1', 'less than 1'],
    [{ type: 'number' }, '12a', 'no number'],
    [{ type: 'number' }, '', 'needed'],
    [{ type: 'string', minLength: 3 }, 'ab', '3 letters or more'],
    [{ type: 'string', maxLength: 3 }, 'abcd', '3 letters or fewer'],
    [{ type: 'string', pattern: '^[a-z]+$' }, 'A', 'look like'],
    [{ type: 'string' }, '', 'needed'],
    [{ type: 'string', format: 'date' }, 'soon', 'no date'],
    [{ type: 'object' }, '{', 'not JSON'],
    [{ type: 'array', items: { type: 'number' } }, '1\nx', 'number'],
  ])('is refused for %j: %j', (schema, draft, words) => {
    expect(fromDraft(field(schema), draft)).toEqual({
      error: expect.stringContaining(words),
    });
  });

  it.each([
    [{ type: ['null', 'string'] }, null, '""'],
    [{ type: ['null', 'integer'] }, null, 'null'],
    [{ type: 'string' }, '', '""'],
    [{ type: 'string' }, 'a', '""'],
    [{}, 'a', '""'],
    [{}, 5, 'null'],
    [{ type: 'array' }, ['a'], '[]'],
    [{ type: ['null', 'array'] }, null, 'null'],
    // What Python can match and JavaScript cannot is left to Airflow.
    [{ type: ['null', 'integer'], pattern: '(?P<n>a)' }, null, 'null'],
  ])('may be emptied for %j with %j', (schema, value, json) => {
    expect(fromDraft(field(schema, value), '')).toEqual({ json });
  });

  it('tells an empty text from none', () => {
    const of = field({ type: ['string', 'null'] }, '');
    expect(toDraft(of, '""')).toBe('');
    expect(toDraft(of, 'null')).toBeNull();
    expect(fromDraft(of, null)).toEqual({ json: 'null' });
    expect(fromDraft(of, '')).toEqual({ json: '""' });
  });

  it.each([
    ['cannot read the pattern', '(?P<n>a)', 'b'],
    ['would take for ever', '(a+)+$', `${'a'.repeat(60)}!`],
  ])('is left to Airflow where JavaScript %s', (_what, pattern, draft) => {
    const of = field({ type: 'string', pattern });
    expect(fromDraft(of, draft)).toEqual({ json: JSON.stringify(draft) });
    expect(leftToAirflow(of, draft)).toBe(
      `Airflow checks that it looks like ${pattern}`,
    );
  });

  it('says nothing of a pattern that was checked', () => {
    const of = field({ type: 'string', pattern: '^[a-z]+$' });
    expect(leftToAirflow(of, 'orders')).toBeUndefined();
  });

  const icon = '\u{1f4bc}';
  it.each([
    [{ maxLength: 2 }, icon.repeat(2), true],
    [{ maxLength: 2 }, icon.repeat(3), false],
    [{ minLength: 2 }, icon, false],
    [{ minLength: 2 }, `${icon}a`, true],
    [{ maxLength: 1 }, 'e\u0301', false],
  ])('has as many letters as Python counts: %j %s', (schema, draft, isFit) => {
    const read = fromDraft(field({ type: 'string', ...schema }, 'a'), draft);
    expect('json' in read).toBe(isFit);
  });

  it.each([' ', '\t', '\u00a0', ' padded '])('may be blank: %j', draft => {
    const of = field({ type: 'string' }, 'a');
    expect(fromDraft(of, draft)).toEqual({ json: JSON.stringify(draft) });
  });
});

describe('a number', () => {
  const of = told('{"type":"number"}', '1.0');
  it.each([
    ['9007199254740993', '9007199254740993'],
    ['12345678901234567890', '12345678901234567890'],
    ['1.0', '1.0'],
    ['1', '1'],
    ['-0', '-0'],
    ['0.12345678901234567890', '0.12345678901234567890'],
    ['1E5', '1e5'],
    [' +007 ', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
  ])('typed as %j is sent as %j', (draft, json) => {
    expect(fromDraft(of, draft)).toEqual({ json });
  });

  it.each(['1e999', '1e-999', 'NaN', 'Infinity', '0x10', '1e', '.', '1,5'])(
    'is refused as %j',
    draft => expect(fromDraft(of, draft)).toHaveProperty('error'),
  );

  it.each([
    ['9007199254740992', 'error'],
    ['9007199254740993', 'json'],
    ['12345678901234567890', 'json'],
    ['12345678901234567891', 'error'],
    ['12345678901234567889.5', 'error'],
    ['1e19', 'json'],
  ])('keeps limits that JavaScript cannot hold: %s', (draft, what) => {
    const limited = told(
      '{"type":"integer","minimum":9007199254740993,"maximum":12345678901234567890}',
      '9007199254740993',
    );
    expect(fromDraft(limited, draft)).toHaveProperty(what);
  });

  it('is one of choices that JavaScript takes for one', () => {
    const choice = told(
      '{"enum":[9007199254740992, 9007199254740993, 1]}',
      '9007199254740993',
    );
    expect(choice.choices.map(({ label }) => label)).toEqual([
      '9007199254740992',
      '9007199254740993',
      '1',
    ]);
    expect(toDraft(choice, '9007199254740993')).toBe('9007199254740993');
    // Python takes these for one.
    expect(toDraft(choice, '1.0')).toBe('1');
  });

  it('in a list keeps its digits', () => {
    const list = told('{"type":"array"}', '[9007199254740993, 1.0]');
    expect(list.kind).toBe('numbers');
    expect(toDraft(list, list.defaultJson)).toBe('9007199254740993\n1.0');
    expect(fromDraft(list, '9007199254740993\n2.50')).toEqual({
      json: '[9007199254740993,2.50]',
    });
  });

  it('of Python alone is shown as it is', () => {
    const nan = told('{"type":"number"}', 'NaN');
    expect(toDraft(nan, 'NaN')).toBe('NaN');
    const inside = told('{"type":"object"}', '{"a": [-Infinity]}');
    expect(toDraft(inside, inside.defaultJson)).toContain('-Infinity');
    expect(fromDraft(inside, '{"a": [-Infinity]}')).toEqual({
      error: 'a.0 is -Infinity, for which JSON has no word',
    });
  });
});

describe('a param that nobody filled in', () => {
  it.each([
    ['{"type":"string"}', 'null'],
    ['{"type":"integer"}', 'null'],
    ['{"enum":["a"],"type":"string"}', 'null'],
  ])('has to be, of %s', (schema, value) => {
    expect(fromDefault(told(schema, value))).toHaveProperty('error');
  });

  it.each([
    ['{"type":"string"}', '"\\t"'],
    ['{"type":"string","minLength":3}', '""'],
    ['{"type":["null","string"]}', 'null'],
    ['{}', 'null'],
    ['{"type":"number"}', 'NaN'],
    ['{"const":null}', 'null'],
  ])('is as Airflow told it, of %s', (schema, value) => {
    expect(fromDefault(told(schema, value))).toEqual({ json: value });
  });
});
