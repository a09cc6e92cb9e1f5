import fc from 'fast-check';
import { runsAtOnce } from './runsAtOnce';

const tasks = (count: number, isMapped = false) =>
  Array.from({ length: count }, () => ({ isMapped }));

describe('runsAtOnce', () => {
  it.each([
    { count: 0, runs: 5 },
    { count: 1, runs: 25 },
    { count: 6, runs: 15 },
    { count: 20, runs: 5 },
    // With five, half of every other page would be of no use.
    { count: 21, runs: 9 },
    { count: 300, runs: 5 },
  ])('asks for $runs runs of a DAG of $count tasks', ({ count, runs }) => {
    expect(runsAtOnce(tasks(count))).toBe(runs);
  });

  it('asks for few runs where a task is mapped', () => {
    expect(runsAtOnce([...tasks(2), ...tasks(1, true)])).toBe(5);
  });

  it('fills pages to nine tenths, save where the most runs do not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), count => {
        const runs = runsAtOnce(tasks(count));
        const rows = runs * count;
        const isFull = rows >= 90 * Math.ceil(rows / 100);
        expect(isFull || runs === 25).toBe(true);
        expect(runs).toBeGreaterThanOrEqual(5);
      }),
    );
  });
});
