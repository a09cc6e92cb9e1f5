import fc from 'fast-check';
import { durationTicks } from './ticks';

describe('the ticks of an axis of durations', () => {
  it.each([
    [72_000, [15_000, 30_000, 45_000, 60_000]],
    [3 * 60_000, [60_000, 120_000, 180_000]],
    [5 * 3_600_000, [1, 2, 3, 4, 5].map(hour => hour * 3_600_000)],
  ])('for %i ms are round', (longest, ticks) => {
    expect(durationTicks(longest)).toEqual(ticks);
  });

  it('are at most five and none is beyond the longest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 45 }), longest => {
        const ticks = durationTicks(longest);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length).toBeLessThanOrEqual(5);
        expect(Math.max(...ticks)).toBeLessThanOrEqual(longest);
      }),
    );
  });
});
