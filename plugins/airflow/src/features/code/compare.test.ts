import fc from 'fast-check';
import { aroundChanges, compareLines } from './compare';

const lines = fc
  .array(fc.constantFrom('a', 'b', 'c', ''))
  .map(all => all.map(line => `${line}\n`).join(''));

describe('the comparison of two versions', () => {
  it('numbers the lines of both', () => {
    expect(compareLines('a\nb\nc\n', 'a\nB\nc\n')).toEqual([
      { change: 'same', text: 'a', before: 1, after: 1 },
      { change: 'removed', text: 'b', before: 2, after: null },
      { change: 'added', text: 'B', before: null, after: 2 },
      { change: 'same', text: 'c', before: 3, after: 3 },
    ]);
  });

  it('is quick for versions that have nothing in common, however long', () => {
    const version = (name: string) =>
      Array.from({ length: 20_000 }, (_, i) => `${name} ${i}\n`).join('');
    const compared = compareLines(version('old'), version('new'));
    expect(compared).toHaveLength(40_000);
    expect(compared[19_999]).toEqual({
      change: 'removed',
      text: 'old 19999',
      before: 20_000,
      after: null,
    });
    expect(compared[20_000]).toMatchObject({ change: 'added', after: 1 });
  });

  it('holds every line of both, in order', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const compared = compareLines(before, after);
        const side = (left: 'added' | 'removed') =>
          compared
            .filter(({ change }) => change !== left)
            .map(({ text }) => `${text}\n`)
            .join('');
        expect(side('added')).toBe(before);
        expect(side('removed')).toBe(after);
      }),
    );
  });

  it('leaves out what is far from every change, and says how much', () => {
    const code = Array.from({ length: 30 }, (_, i) => `line ${i}\n`);
    const changed = code.map((line, i) => (i === 15 ? 'new\n' : line));
    const shown = aroundChanges(compareLines(code.join(''), changed.join('')));
    expect(shown[0]).toEqual({ skipped: 11 });
    expect(shown.at(-1)).toEqual({ skipped: 10 });
    expect(shown).toHaveLength(2 + 4 + 2 + 4);
    expect(aroundChanges(compareLines('a\n', 'a\n'))).toEqual([{ skipped: 1 }]);
  });
});
