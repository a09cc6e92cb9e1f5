import { durationText } from './duration';

describe('durationText', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1_000, '1s'],
    [72_000, '1m 12s'],
    [60_000, '1m'],
    [3_600_000, '1h'],
    [3_661_000, '1h 1m'],
    [90_000_000, '1d 1h'],
    [86_400_000 + 59_000, '1d'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
