import fc from 'fast-check';
import { highlightPython } from './highlight';

const textOf = (code: string) =>
  highlightPython(code)
    .map(line => line.map(({ text }) => text).join(''))
    .join('\n');

describe('highlighting of Python', () => {
  it('tells what is what', () => {
    const [first, second] = highlightPython('# a\nreturn "b"');
    expect(first).toEqual([{ text: '# a', kind: 'comment' }]);
    expect(second).toEqual([
      { text: 'return', kind: 'keyword' },
      { text: ' ', kind: null },
      { text: '"b"', kind: 'string' },
    ]);
  });

  it('keeps a text over several lines what it is', () => {
    const lines = highlightPython('"""one\ntwo"""\npass');
    expect(lines.slice(0, 2).map(([piece]) => piece.kind)).toEqual([
      'string',
      'string',
    ]);
  });

  it('loses and adds nothing', () => {
    const bits = [
      'def f(x):',
      '"""',
      "f'{a}'",
      '\n',
      '  ',
      '# é',
      '@dag(',
      '\\',
      '\t',
      '<b>',
    ];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.constantFrom(...bits)).map(all => all.join('')),
        ),
        code => {
          expect(textOf(code)).toBe(code);
        },
      ),
    );
  });
});
