import fc from 'fast-check';
import { z } from 'zod';
import { parseJson, readJson } from './json';
import { JsonReader } from './JsonReader';
import { wantedOf } from './wanted';

/** Reads a text so many characters at a time. */
function inPieces(text: string, length: number, exact?: string[]): unknown {
  const reader = new JsonReader({ exact });
  reader.feed(text);
  reader.end();
  while (reader.advance(length));
  return reader.value;
}

/** Reads a text that arrives so many characters at a time. */
async function asItArrives(
  text: string,
  length: number,
  exact?: string[],
): Promise<unknown> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += length) {
      yield text.slice(at, at + length);
    }
  }
  return readJson(pieces(), { exact });
}

describe('JSON of an Airflow', () => {
  it('is read as JSON.parse does, in whatever pieces', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json(),
          fc.jsonValue().map(of => JSON.stringify(of, null, 1)),
        ),
        fc.integer({ min: 1, max: 20 }),
        async (text, length) => {
          const read: unknown = JSON.parse(text);
          expect(parseJson(text)).toEqual(read);
          expect(inPieces(text, length)).toEqual(read);
          expect(await asItArrives(text, length)).toEqual(read);
        },
      ),
    ));

  it('is none where JSON.parse finds none', () =>
    fc.assert(
      fc.asyncProperty(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', '\\', '{', ']', ',', ':', '-', 'nul', '\n'),
        async (text, at, put) => {
          const place = at % (text.length + 1);
          const broken = text.slice(0, place) + put + text.slice(place + 1);
          const outcome = async (
            parse: (text: string) => unknown,
            isRefusal: (error: unknown) => boolean,
          ) => {
            try {
              return { read: await parse(broken) };
            } catch (error) {
              return { isRefused: isRefusal(error) };
            }
          };
          const isNoJson = (error: unknown) =>
            String(error).includes('it is no JSON');
          const expected = await outcome(JSON.parse, () => true);
          expect(await outcome(parseJson, isNoJson)).toEqual(expected);
          expect(
            await outcome(of => asItArrives(of, 1 + (at % 5)), isNoJson),
          ).toEqual(expected);
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
      fc.asyncProperty(
        fc.oneof(
          fc.json(),
          fc.constantFrom('NaN', '1.0', '12345678901234567890'),
        ),
        fc.integer({ min: 1, max: 9 }),
        async (value, length) => {
          const json = `{"a": [{"kept": ${value} , "b": 1}], "kept":${value}}`;
          const read = {
            a: [{ kept: value.trim(), b: 1 }],
            kept: value.trim(),
          };
          expect(inPieces(json, length, ['kept'])).toEqual(read);
          expect(await asItArrives(json, length, ['kept'])).toEqual(read);
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

  it('is left where it is nested too deep in what nobody reads', async () => {
    const read = readJson(`{"other": ${'{"a":'.repeat(2_000)}`, {
      wanted: wantedOf(z.object({ dags: z.array(z.string()) })),
    });
    await expect(read).rejects.toThrow('deeper than 1000 levels');
  });

  it('may be nested as it likes in what is given as text', async () => {
    const conf = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const read = await readJson(`{"conf": ${conf}, "a": 1}`, {
      exact: ['conf'],
    });
    expect(read).toEqual({ conf, a: 1 });
  });

  it('is read piece by piece where one text is long', async () => {
    const long = '\u00e4"\\\n'.repeat(100_000);
    expect(await readJson(JSON.stringify({ long }))).toEqual({ long });
    const escaped = '\\u00e4'.repeat(200_000);
    expect(await readJson(`"${escaped}"`)).toBe('\u00e4'.repeat(200_000));
  });

  it('is left where it cannot be read, however much would follow', async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1;
        yield '[1, 2} ';
      }
    }
    await expect(readJson(endless())).rejects.toThrow('it is no JSON');
    expect(given).toBe(1);
  });
});
