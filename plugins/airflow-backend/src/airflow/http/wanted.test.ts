import fc from 'fast-check';
import { z } from 'zod';
import { readJson } from './json';
import { wantedOf } from './wanted';

const schema = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      tags: z.array(z.object({ name: z.string().catch('?') })).nullish(),
      any: z.unknown().optional(),
    }),
  ),
  last: z.object({ at: z.number().nullable() }).nullish().catch(null),
});

const read = (text: string) => readJson(text, { wanted: wantedOf(schema) });

/** Of the names that the schema knows, and of others. */
const name = fc.constantFrom('rows', 'id', 'tags', 'name', 'any', 'last', 'x');
const { value: anyJson } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 7, '', 'a"b\\'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
  ),
}));
/** Nearly as the schema has it. */
const answer = fc.record(
  {
    rows: fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.record({ id: fc.string(), x: anyJson }) },
        fc.record({ id: fc.string(), tags: anyJson, any: anyJson }),
        anyJson,
      ),
      { maxLength: 3 },
    ),
    last: anyJson,
    x: anyJson,
  },
  { requiredKeys: [] },
);

describe('what nobody wants of an answer', () => {
  it('makes no difference to what its schema reads', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(answer, anyJson), async json => {
        const whole = schema.safeParse(json);
        const text = JSON.stringify(json);
        const outcome = await read(text).then(
          of => schema.safeParse(of),
          () => ({ success: false, data: undefined }),
        );
        expect(outcome.success).toBe(whole.success);
        expect(outcome.data).toEqual(whole.data);
      }),
      { numRuns: 500 },
    ));

  it('is not made', async () => {
    const row = '{"id": "a", "x": [{"id": "b"}, "}"], "any": {"x": 1}}';
    const text = `{"x": {"rows": [1]}, "rows": [${row}, "b", [2], 3], "last": ["x"]}`;
    expect(await read(text)).toEqual({
      // What is to be a row and is none stays in its place.
      rows: [{ id: 'a', any: { x: 1 } }, [], [], 3],
      last: [],
    });
  });

  it.each([
    ['is a list', '[', 'the answer: not an object'],
    ['is a text', '"', 'the answer: not an object'],
    ['is none of JSON within it', '{"x": {]', 'it is no JSON'],
  ])('ends an answer that %s', async (_what, begin, words) => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1;
        yield begin;
      }
    }
    await expect(
      readJson(endless(), { wanted: wantedOf(schema) }),
    ).rejects.toThrow(words);
    expect(given).toBeLessThan(3);
  });
});
