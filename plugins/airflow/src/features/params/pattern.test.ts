import fc from 'fast-check';
import { looksLike } from './pattern';

describe('what a text has to look like', () => {
  it.each([
    ['^[a-z]+$', 'orders', true],
    ['^[a-z]+$', 'Orders', false],
    ['^\\d{4}-\\d{2}-\\d{2}$', '2026-11-29', true],
    ['^\\d{4}-\\d{2}-\\d{2}$', '2026-11', false],
    ['^s3://[a-z0-9.-]+/.+$', 's3://bucket/a/b.csv', true],
    ['^s3://[a-z0-9.-]+/.+$', 'gs://bucket/a/b.csv', false],
    ['^[\\w.]+@[\\w-]+\\.[a-z]{2,}$', 'ada@example.com', true],
    ['^[\\w.]+@[\\w-]+\\.[a-z]{2,}$', 'ada', false],
    ['^(dev|test|prod)$', 'prod', true],
    ['^(dev|test|prod)$', 'production', false],
    ['^(\\d{1,3}\\.){3}\\d{1,3}$', '10.0.0.1', true],
    ['^(\\d{1,3}\\.){3}\\d{1,3}$', '10.0.0', false],
    ['(?<=a)[)|(*]\\)', 'a*)', true],
  ])('%s is seen in the browser of %s: %s', (pattern, text, isAlike) => {
    expect(looksLike(pattern, text)).toBe(isAlike);
  });

  it.each([
    // A browser has to try too many ways.
    ['(a+)+$', `${'a'.repeat(60)}!`],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(60)],
    ['^(a|a)*$', `${'a'.repeat(60)}!`],
    ['a?'.repeat(60), 'a'.repeat(60)],
    ['(a|ab)(c|bcd)'.repeat(30), 'abcd'.repeat(20)],
    ['(.*)(.*)(.*)(.*)(.*)!', 'a'.repeat(200)],
    ['(a*)\\1$', 'a'.repeat(60)],
    // It reads them otherwise than Python does, or not at all.
    ['(?P<n>a)', 'b'],
    ['^\\w+$', 'Müller'],
    ['^\\d+$', '٣'],
  ])('%s is left to Airflow', (pattern, text) => {
    expect(looksLike(pattern, text)).toBeUndefined();
  });

  const letter = fc.constantFrom('a', 'b', '[ab]', '.', '\\w', '\\)', '[^a]');
  const times = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{2,}?');
  const { pattern: anyPattern } = fc.letrec<{ pattern: string; part: string }>(
    tie => ({
      part: fc.oneof(
        { depthSize: 'small' },
        letter,
        tie('pattern').map(inner => `(?:${inner})`),
        tie('pattern').map(inner => `(${inner})`),
      ),
      pattern: fc
        .tuple(
          fc.constantFrom('', '^'),
          fc.array(fc.tuple(tie('part'), times), {
            minLength: 1,
            maxLength: 5,
          }),
          fc.constantFrom('', '$', '!', '|a'),
        )
        .map(([begin, parts, end]) => `${begin}${parts.flat().join('')}${end}`),
    }),
  );

  it('takes no time, whatever it is', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'ab', 'aaaa', '!'), { maxLength: 100 })
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(anyPattern, text, (pattern, draft) => {
        const before = process.cpuUsage();
        looksLike(pattern, draft);
        const { user } = process.cpuUsage(before);
        expect(user / 1_000).toBeLessThan(1_000);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['(', 'a?', '(a+)+', '[', '\\', '{1,', '(?:a|', '|', '(?<'])(
    'takes no time where its author repeats %s',
    unit => {
      for (const length of [900, 4_000_000]) {
        const pattern = unit.repeat(length / unit.length);
        const before = process.cpuUsage();
        looksLike(pattern, 'a'.repeat(50));
        const { user } = process.cpuUsage(before);
        expect(user / 1_000).toBeLessThan(1_000);
      }
    },
  );
});
