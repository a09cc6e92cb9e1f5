import fc from 'fast-check';
import {
  objectOf,
  membersOf,
  quoteMembers,
  compactJson,
  itemsOf,
} from './jsonText';
import { unsendableIn } from './unsendable';

describe('JSON that is to be sent', () => {
  it.each([
    ['{"a": 9007199254740993}'],
    ['{"a": 12345678901234567890}'],
    ['{"a": 0.1234567890123456789012}'],
    ['[1e300, -0, -0.0, 1.0, 0e999]'],
    ['"NaN"'],
    ['{"NaN": "\\ud83d\\udcbc"}'],
    ['[[], {}, [[]], null, true]'],
  ])('holds nothing that cannot be: %s', json => {
    expect(unsendableIn(json)).toBeUndefined();
  });

  it.each([
    ['{"a": NaN}', ['a'], 'is NaN'],
    ['{"a": {"b": [1, -Infinity]}}', ['a', 'b', 1], 'is -Infinity'],
    ['{"x": "ok", "a": 1e400}', ['a'], 'cannot hold'],
    ['{"a": 1e-400}', ['a'], 'cannot hold'],
    [`{"a": [{}, ${'9'.repeat(4_301)}]}`, ['a', 1], 'longer number'],
    ['{"a": "\\ud83d"}', ['a'], 'half a letter'],
    ['{"a": 0x10}', ['a'], 'not JSON'],
    ['NaN', [], 'is NaN'],
    ['{"a": {NaN: 1}}', ['a'], 'a name in it is no text'],
    ['{"a\n": 1}', [], 'a name in it is no text'],
    [`{"a": ${'['.repeat(100_000)}`, ['a', 0, 0], 'nested deeper'],
  ])('names what cannot be: %.40s', (json, path, why) => {
    expect(unsendableIn(json)).toEqual({
      path,
      why: expect.stringContaining(why),
    });
  });

  it('holds nothing that cannot be where JavaScript wrote it', () =>
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(unsendableIn(JSON.stringify(value))).toBeUndefined();
      }),
    ));
});

/** Words of JSON that JavaScript reads as others. */
const word = fc.oneof(
  fc.constantFrom('9007199254740993', '1.0', '-0', '1E5', 'NaN', '-Infinity'),
  fc.bigInt().map(String),
  fc.json(),
);

describe('members that are put into strings', () => {
  it('are read as the text that they are written in, wherever they are', () =>
    fc.assert(
      fc.property(word, word, (value, other) => {
        const json = `{"a": [{"kept": ${value}, "b": 1}], "kept" :${other} , "c": "kept"}`;
        expect(JSON.parse(quoteMembers(json, ['kept']))).toEqual({
          a: [{ kept: value.trim(), b: 1 }],
          kept: other.trim(),
          c: 'kept',
        });
      }),
    ));

  it('leave all else as it is', () =>
    fc.assert(
      fc.property(fc.json(), json => {
        expect(quoteMembers(json, ['no such name'])).toBe(json);
      }),
    ));
});

describe('an object taken apart', () => {
  it('is put together word for word, in its order', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('10', '2', '__proto__'));
    return fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, word), { selector: m => m[0] }),
        members => {
          const json = objectOf(members);
          expect(compactJson(objectOf(membersOf(json)))).toBe(
            compactJson(json),
          );
        },
      ),
    );
  });

  it('gives the items of a list as they are written', () => {
    expect(itemsOf(' [ 1.0, [2, 3] , {"a": 4},"x,y" ]')).toEqual([
      '1.0',
      '[2, 3]',
      '{"a": 4}',
      '"x,y"',
    ]);
    expect(itemsOf('[]')).toEqual([]);
    expect(itemsOf('{"a": 1}')).toEqual([]);
    expect([...membersOf('[1]')]).toEqual([]);
  });
});
