import fc from 'fast-check';
import { parseJson, readJson } from './json';
import { JsonReader } from './JsonReader';

/** Reads a text so many characters at a time. */
function inPieces(text: string, length: number, exact?: string[]): unknown {
  const reader = new JsonReader(text, exact);
  while (reader.advance(length));
  return reader.value;
}

describe('JSON of an Airflow', () => {
  it('is read as JSON.parse does, in whatever pieces', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.jsonValue().map(of => JSON.stringify(of, null, 1)),
        ),
        fc.integer({ min: 1, max: 20 }),
        (text, length) => {
          const read: unknown = JSON.parse(text);
          expect(parseJson(text)).toEqual(read);
          expect(inPieces(text, length)).toEqual(read);
        },
      ),
    ));

  it('is none where JSON.parse finds none', () =>
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', '\\', '{', ']', ',', ':', '-', 'nul', '\n'),
        (text, at, put) => {
          const place = at % (text.length + 1);
          const broken = text.slice(0, place) + put + text.slice(place + 1);
          const outcome = (
            parse: (text: string) => unknown,
            isRefusal: (error: unknown) => boolean,
          ) => {
            try {
              return { read: parse(broken) };
            } catch (error) {
              return { isRefused: isRefusal(error) };
            }
          };
          const own = outcome(parseJson, error =>
            String(error).includes('it is no JSON'),
          );
          expect(own).toEqual(outcome(JSON.parse, () => true));
        },
      ),
      { numRuns: 1_000 },
    ));

  it('reads what Python writes bare as null', () => {
    expect(parseJson('{"a": NaN, "b": [-Infinity, Infinity, 1.5]}')).toEqual({
      a: null,
      b: [null, null, 1.5],
    });
    expect(parseJson('["NaN", "a NaN\\"NaN"]')).toEqual(['NaN', 'a NaN"NaN']);
  });

  it('keeps a member of any name, and lets nothing in by it', () => {
    const read = parseJson('{"__proto__": {"isAdmin": true}, "a": 1}');
    expect(Object.entries(read as object)).toEqual([
      ['__proto__', { isAdmin: true }],
      ['a', 1],
    ]);
    expect(read).not.toHaveProperty('isAdmin');
  });

  it('puts what is asked for exactly into texts, wherever it is', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.constantFrom('NaN', '1.0', '12345678901234567890'),
        ),
        fc.integer({ min: 1, max: 9 }),
        (value, length) => {
          const json = `{"a": [{"kept": ${value} , "b": 1}], "kept":${value}}`;
          expect(inPieces(json, length, ['kept'])).toEqual({
            a: [{ kept: value.trim(), b: 1 }],
            kept: value.trim(),
          });
        },
      ),
    ));

  it.each([
    ['a list in a list, ten million times', '['.repeat(10_000_000), 'deeper'],
    ['so many objects', '{"a":'.repeat(2_000), 'deeper than 1000 levels'],
    ['too many values', `[${'1,'.repeat(1_000_000)}1]`, '1000000 values'],
    [
      'an object of too many members',
      `{${Array.from({ length: 50_001 }, (_, i) => `"${i}":1`).join()}}`,
      'more than 50000 members',
    ],
    ['an endless number', '1'.repeat(10_000_000), 'it is no JSON'],
    ['a text without an end', `"${'\\"'.repeat(1_000_000)}`, 'it is no JSON'],
    ['a word that quotes itself', 'secret', /^it is no JSON$/],
  ])('is refused where it is %s', async (_what, text, words) => {
    await expect(readJson(text)).rejects.toThrow(words);
  });

  it('may be nested as it likes in what is given as text', async () => {
    const conf = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const read = await readJson(`{"conf": ${conf}, "a": 1}`, ['conf']);
    expect(read).toEqual({ conf, a: 1 });
  });

  it('is read piece by piece where one text is long', async () => {
    const long = '\u00e4"\\\n'.repeat(100_000);
    expect(await readJson(JSON.stringify({ long }))).toEqual({ long });
    const escaped = '\\u00e4'.repeat(200_000);
    expect(await readJson(`"${escaped}"`)).toBe('\u00e4'.repeat(200_000));
  });
});
