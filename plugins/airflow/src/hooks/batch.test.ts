import fc from 'fast-check';
import { batched } from './batch';

describe('batched', () => {
  it('answers each for itself, asking for as many at once as it may', async () => {
    const keys = fc.array(fc.string(), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 9 }), async (all, n) => {
        const asked: (readonly string[])[] = [];
        const get = batched(async given => {
          asked.push(given);
          return new Map(given.map(key => [key, `${key}!`]));
        }, n);
        expect(await Promise.all(all.map(get))).toEqual(
          all.map(key => `${key}!`),
        );
        expect(asked.flat()).toEqual(all);
        expect(asked).toHaveLength(Math.ceil(all.length / n));
      }),
      { numRuns: 20 },
    );
  });

  it('asks anew for what is wanted later, also after a failure', async () => {
    let fails = true;
    const get = batched(async () => {
      if (fails) throw new Error('away');
      return new Map([['a', 1]]);
    }, 5);
    await expect(Promise.all([get('a'), get('b')])).rejects.toThrow('away');
    fails = false;
    expect(await Promise.all([get('a'), get('b')])).toEqual([1, undefined]);
  });
});
