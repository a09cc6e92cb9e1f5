import fc from 'fast-check';
import { membersOf, prettyJson } from './jsonText';

const EVERYTHING = 1_000_000;

describe('JSON that is read as text', () => {
  it('is laid out as JSON.stringify does it', () =>
    fc.assert(
      fc.property(fc.json(), text => {
        // A name that is there twice stays twice, so only what is unique can be compared.
        const plain = JSON.stringify(JSON.parse(text));
        expect(prettyJson(plain, EVERYTHING)).toBe(
          JSON.stringify(JSON.parse(plain), null, 2),
        );
      }),
    ));

  it('gives each member of an object as it is written', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), value => {
        const members = membersOf(JSON.stringify(value, null, 1));
        expect(
          Object.fromEntries(
            [...members].map(([name, text]) => [name, JSON.parse(text)]),
          ),
        ).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    ));

  it('loses no word that JavaScript would read as another', () => {
    const value = '{"a": NaN, "b": [-Infinity, 12345678901234567890, 1.0]}';
    expect(membersOf(`{"value": ${value}}`).get('value')).toBe(value);
    expect(prettyJson(value, EVERYTHING)).toBe(
      '{\n  "a": NaN,\n  "b": [\n    -Infinity,\n    12345678901234567890,\n    1.0\n  ]\n}',
    );
  });

  it('is moved to the right only so far, however deep it is', () => {
    const deep = '['.repeat(10_000);
    expect(prettyJson(deep).length).toBeLessThan(10_000 * 70);
  });

  it('is read no further than is wanted', () => {
    const long = JSON.stringify(Array.from({ length: 100_000 }, (_, i) => i));
    expect(prettyJson(long, 100).length).toBeLessThan(120);
  });
});
