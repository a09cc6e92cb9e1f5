import { waitFor } from '@testing-library/react';
import fc from 'fast-check';
import { batched } from './batch';

describe('batched', () => {
  it('answers each for itself, asking for as many at once as it may', async () => {
    const keys = fc.array(fc.string(), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 9 }), async (all, n) => {
        const asked: (readonly string[])[] = [];
        const get = batched(
          async given => {
            asked.push(given);
            return new Map(given.map(key => [key, `${key}!`]));
          },
          { keys: n, questions: 2 },
        );
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
    const get = batched(
      async () => {
        if (fails) throw new Error('away');
        return new Map([['a', 1]]);
      },
      { keys: 5, questions: 1 },
    );
    await expect(Promise.all([get('a'), get('b')])).rejects.toThrow('away');
    fails = false;
    expect(await Promise.all([get('a'), get('b')])).toEqual([1, undefined]);
  });

  it('has only so many questions under way, the first first', async () => {
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    const get = batched<string>(
      async ([key]) => {
        asked.push(key);
        await new Promise<void>(resolve => answers.push(resolve));
        return new Map([[key, key]]);
      },
      { keys: 1, questions: 2 },
    );
    const wanted = ['a', 'b', 'c'].map(key => get(key));
    await waitFor(() => expect(asked).toEqual(['a', 'b']));
    answers[1]();
    expect(await wanted[1]).toBe('b');
    await waitFor(() => expect(asked).toEqual(['a', 'b', 'c']));
    answers[0]();
    answers[2]();
    expect(await Promise.all(wanted)).toEqual(['a', 'b', 'c']);
  });
});
