import { MOST_ATTEMPTS, waitAfter } from './backoff';

const tries = Array.from({ length: MOST_ATTEMPTS }, (_, i) => i + 1);
const inSeconds = (ms: number | null) => ms && ms / 1_000;

describe('waitAfter', () => {
  it('waits from ten seconds to half an hour, and gives up after eight tries', () => {
    expect(tries.map(n => inSeconds(waitAfter(n, 0)))).toEqual([
      10,
      30,
      90,
      270,
      810,
      1800,
      1800,
      null,
    ]);
  });

  it('takes up to a fifth off by chance', () => {
    expect(inSeconds(waitAfter(1, 1))).toBe(8);
    expect(inSeconds(waitAfter(7, 0.5))).toBe(1620);
  });

  it('waits as long as the receiver asks, but not for ever', () => {
    expect(inSeconds(waitAfter(1, 0, 120_000))).toBe(120);
    expect(inSeconds(waitAfter(1, 0, 1_000))).toBe(10);
    expect(inSeconds(waitAfter(1, 0, 24 * 3_600_000))).toBe(3_600);
    expect(waitAfter(MOST_ATTEMPTS, 0, 120_000)).toBeNull();
  });
});
