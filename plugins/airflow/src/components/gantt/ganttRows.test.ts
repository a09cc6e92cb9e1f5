import fc from 'fast-check';
import { ganttTicks } from './ganttRows';

describe('ganttTicks', () => {
  it.each([
    [1_000, [0, 1_000]],
    [65_000, [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]],
    [7_200_000, [0, 1_800_000, 3_600_000, 5_400_000, 7_200_000]],
  ])('of %d ms are at %j', (length, ticks) => {
    expect(ganttTicks(length, 7)).toEqual(ticks);
  });

  it('are few, within the chart, from its begin on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 1e11 }), length => {
        const ticks = ganttTicks(length, 7);
        expect(ticks[0]).toBe(0);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.at(-1)).toBeLessThanOrEqual(length);
      }),
    );
  });
});
