import { masked, maskedBefore, maskedText } from '.';

describe('the door', () => {
  it('lets a line through without its secrets', () => {
    expect(masked('connecting to postgres://etl:hunter2@db')).toBe(
      'connecting to postgres://etl:***@db',
    );
  });

  it('cuts a line before it looks for secrets in it', () => {
    expect(masked(`${'a.'.repeat(4_000_000)} password=hunter2`)).toBe(
      `${'a.'.repeat(500)} …`,
    );
  });

  it('leaves no part of a secret where it cuts', () => {
    const line = `${'a '.repeat(495)}postgres://etl:hunter2-and-more@db`;
    expect(masked(line)).not.toContain('hunter2');
    expect(masked(line)).toContain('…');
  });

  it.each([
    ['a line', 'ValueError: no rows'],
    ['a long line', 'a.'.repeat(10_000)],
    ['a long text', 'a line\n'.repeat(10_000)],
  ])('lets %s that it has let through, through again', (_what, text) => {
    expect(masked(masked(text))).toBe(masked(text));
    expect(maskedText(maskedText(text))).toBe(maskedText(text));
    expect(maskedBefore(maskedText(text))).toBe(maskedText(text));
  });

  it('keeps the beginning and the end of a long text, in whole lines', () => {
    const trace = [
      'Traceback (most recent call last):',
      ...Array.from({ length: 5_000 }, (_, i) => `  frame ${i} password=p${i}`),
      'ValueError: cannot sign in with token=abc',
    ].join('\n');
    const lines = maskedText(trace).split('\n');
    expect(lines[0]).toBe('Traceback (most recent call last):');
    expect(lines.at(-1)).toBe('ValueError: cannot sign in with token=***');
    const left = lines.filter(line => line.includes('are left out'));
    expect(left).toHaveLength(1);
    for (const line of lines.slice(1, -1)) {
      expect([
        left[0],
        expect.stringMatching(/^ {2}frame \d+ password=\*{3}$/),
      ]).toContainEqual(line);
    }
    expect(maskedText(trace).length).toBeLessThan(17_000);
  });

  it('keeps the beginning of one line without an end, whatever it is made of', () => {
    const line = `RuntimeError: ${'x=y '.repeat(2_000_000)}`;
    const text = maskedText(line);
    expect(text.length).toBeLessThan(1_200);
    expect(text).toContain('are left out');
  });

  it('hides the lines of a key', () => {
    const key = Array.from({ length: 20 }, () => 'MIIEowIBAAKCAQEA'.repeat(4));
    const text = maskedText(['error', ...key, 'after'].join('\n'));
    expect(text).toBe(`error\n${'***\n'.repeat(20)}after`);
  });
});
