import { paramType, readConf } from './conf';

const param = (schema: Record<string, unknown>) => ({
  name: 'p',
  value: '1',
  description: null,
  schema: JSON.stringify(schema),
});

describe('conf', () => {
  it.each([
    ['', { conf: '{}' }],
    ['  ', { conf: '{}' }],
    ['{"a": [1]}', { conf: '{"a": [1]}' }],
    [
      ' {"a": 12345678901234567890, "b": 1.0} ',
      { conf: '{"a": 12345678901234567890, "b": 1.0}' },
    ],
    ['{"a": {"b": NaN}}', { error: 'a.b is NaN, for which JSON has no word' }],
    ['{"a": }', { error: expect.stringContaining('not JSON') }],
    ['[1]', { error: expect.stringContaining('JSON object') }],
    ['"text"', { error: expect.stringContaining('JSON object') }],
    ['null', { error: expect.stringContaining('JSON object') }],
  ])('reads %j', (text, expected) => {
    expect(readConf(text)).toEqual(expected);
  });

  it.each([
    [{}, 'any'],
    [{ type: 'integer' }, 'integer'],
    [{ type: ['null', 'string'] }, 'null, string'],
    [{ type: 'string', enum: ['a', 'b'] }, 'one of a, b'],
  ])('tells the type of %j', (schema, expected) => {
    expect(paramType(param(schema))).toBe(expected);
  });
});
