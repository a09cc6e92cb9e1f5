import fc from 'fast-check';
import { fromDraft, toDraft } from './draft';
import { fieldOf, isLine } from './field';

const field = (schema: Record<string, unknown>, value: unknown = null) =>
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
        { value: 'eu', label: 'Europe' },
        { value: 'us', label: 'us' },
      ],
    });
  });
});

describe('what stands in a field', () => {
  const line = fc.string().filter(isLine);
  it.each([
    [
      'text',
      field({ type: 'string' }),
      fc.string().filter(s => s.trim() !== ''),
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
        expect(fromDraft(of, toDraft(of, value))).toEqual({ value });
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
    [{ type: ['null', 'string'] }, null, null],
    [{ type: ['null', 'integer'] }, null, null],
    [{ type: 'string' }, '', ''],
    [{ type: 'array' }, ['a'], []],
    [{ type: ['null', 'array'] }, null, null],
    // What Python can match and JavaScript cannot is left to Airflow.
    [{ type: ['null', 'string'], pattern: '(?P<n>a)' }, null, null],
  ])('may be nothing for %j with %j', (schema, value, read) => {
    expect(fromDraft(field(schema, value), '')).toEqual({ value: read });
  });

  it('is left to Airflow where JavaScript cannot read the pattern', () => {
    const of = field({ type: 'string', pattern: '(?P<n>a)' });
    expect(fromDraft(of, 'b')).toEqual({ value: 'b' });
  });
});
