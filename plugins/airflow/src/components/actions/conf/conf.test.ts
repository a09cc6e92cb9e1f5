import { paramType, readConf } from './conf';

const param = (name: string, value: unknown, schema = {}) => ({
  name,
  value,
  description: null,
  schema,
});

describe('conf', () => {
  it.each([
    ['', { conf: {} }],
    ['  ', { conf: {} }],
    ['{"a": [1]}', { conf: { a: [1] } }],
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
    expect(paramType(param('p', 1, schema))).toBe(expected);
  });
});
