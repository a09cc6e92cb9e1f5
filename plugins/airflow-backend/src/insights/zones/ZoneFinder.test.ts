import type { DagZone } from '@airflow-fleet/backstage-plugin-airflow-common';
import * as fc from 'fast-check';
import {
  LONGEST_TURN_MS,
  longestTurnOfTries,
} from '../../__testUtils__/longestTurn';
import { hasRunAt } from './schedule';
import { WallCron } from './WallCron';
import { ZoneClock } from './ZoneClock';
import { ZoneFinder } from './ZoneFinder';

const DAY_MS = 24 * 60 * 60_000;
const now = new Date('2026-11-28T12:00:00Z');
let finder: ZoneFinder;

beforeAll(async () => {
  finder = await ZoneFinder.at(now);
});

const cron = (expression: string, ...tags: string[]) => ({
  schedule: { kind: 'cron' as const, expression },
  tags,
});

const open = (...names: string[]) => ({
  source: 'open' as const,
  names: expect.arrayContaining(names),
  total: expect.any(Number),
});

describe('the zone of a DAG (T30)', () => {
  it.each<[string, string, string[], string | null, object | null]>([
    [
      "the cluster's default for what runs every minute, whatever the zone",
      '* * * * *',
      ['2026-11-25T11:00:00Z'],
      'Asia/Tokyo',
      { name: 'Asia/Tokyo', source: 'cluster' },
    ],
    [
      "the cluster's default by a name of former times",
      '*/5 * * * *',
      ['2026-11-25T11:05:00Z'],
      'US/Eastern',
      { name: 'US/Eastern', source: 'cluster' },
    ],
    [
      'the one in which it ran on both sides of every change of clocks',
      '0 8 * * *',
      ['2026-03-28T08:00:00Z', '2026-03-29T07:00:00Z', '2026-11-24T08:00:00Z'],
      'Europe/Berlin',
      { name: 'Europe/London', source: 'inferred' },
    ],
    [
      'the only one at half an hour',
      '0 0 * * *',
      ['2026-11-25T18:30:00Z'],
      null,
      { name: 'Asia/Kolkata', source: 'inferred' },
    ],
    [
      'open in winter, when London has the time of UTC',
      '0 6 * * *',
      ['2026-02-10T06:00:00Z', '2026-02-11T06:00:00Z'],
      'UTC',
      open('UTC', 'Europe/London'),
    ],
    [
      'open for every sixth hour, which many zones share',
      '0 */6 * * *',
      ['2026-03-20T04:00:00Z', '2026-03-20T10:00:00Z'],
      'UTC',
      open('America/New_York', 'Europe/Helsinki'),
    ],
    [
      'open for every fifth hour',
      '0 */5 * * *',
      ['2026-10-16T04:00:00Z', '2026-10-16T09:00:00Z'],
      'UTC',
      open('America/New_York'),
    ],
    [
      'open between Helsinki and Cairo before either changes its clock',
      '30 2 * * *',
      ['2026-03-20T00:30:00Z', '2026-03-21T00:30:00Z'],
      'UTC',
      open('Europe/Helsinki', 'Africa/Cairo'),
    ],
    [
      'found in the night in which the clock leaps over the run',
      '30 2 * * *',
      ['2026-03-28T01:30:00Z', '2026-03-29T01:30:00Z', '2026-03-30T00:30:00Z'],
      'Europe/Berlin',
      { name: 'Europe/Berlin', source: 'cluster' },
    ],
    [
      'open in that night alone, which Algiers has in common',
      '30 2 * * *',
      ['2026-03-28T01:30:00Z', '2026-03-29T01:30:00Z'],
      'Europe/Berlin',
      open('Europe/Berlin', 'Africa/Algiers'),
    ],
    [
      'open in the night in which London leaps to where UTC is',
      '30 1 * * *',
      ['2026-03-28T01:30:00Z', '2026-03-29T01:30:00Z'],
      'Europe/London',
      open('Europe/London', 'UTC'),
    ],
    [
      'open for the last day of one month in winter',
      '0 6 L * *',
      ['2026-11-30T05:00:00Z'],
      'Europe/Berlin',
      open('Europe/Berlin'),
    ],
    [
      'found for the last day of a month',
      '0 6 L * *',
      ['2026-10-31T05:00:00Z', '2026-09-30T04:00:00Z', '2026-03-31T04:00:00Z'],
      'Europe/Berlin',
      { name: 'Europe/Berlin', source: 'cluster' },
    ],
    [
      'none where no zone fits',
      '0 6 * * *',
      ['2026-11-25T06:17:00Z'],
      null,
      null,
    ],
    ['none where nothing is announced', '0 6 * * *', [], 'UTC', null],
    [
      'none for a cron that cannot be read',
      '0 6 * * x',
      ['2026-11-25T06:00:00Z'],
      null,
      null,
    ],
  ])('is %s', async (_what, expression, announced, defaultZone, zone) => {
    expect(
      await finder.find(cron(expression), { announced, defaultZone }),
    ).toEqual(zone);
  });

  it("names the cluster's default first where it stays open, and five at most", async () => {
    const zone = await finder.find(cron('0 6 * * *'), {
      announced: ['2026-02-10T05:00:00Z'],
      defaultZone: 'Europe/Rome',
    });
    expect(zone).toMatchObject({ source: 'open' });
    const { names, total } = openOf(zone);
    expect(names[0]).toBe('Europe/Rome');
    expect(names.length).toBeLessThanOrEqual(5);
    expect(total).toBeGreaterThanOrEqual(names.length);
  });

  it('is none for what is no cron', async () => {
    const schedule = { kind: 'interval' as const, expression: '7:00:00' };
    const clues = { announced: ['2026-11-25T06:00:00Z'], defaultZone: 'UTC' };
    expect(await finder.find({ schedule, tags: [] }, clues)).toBeNull();
  });

  it('is what a tag says, whatever else would fit', async () => {
    const set = { name: 'Asia/Tokyo', source: 'tag' };
    const tagged = cron('0 6 * * *', 'orders', 'tz:Asia/Tokyo');
    for (const announced of [['2026-11-25T06:00:00Z'], []]) {
      expect(
        await finder.find(tagged, { announced, defaultZone: 'UTC' }),
      ).toEqual(set);
    }
  });

  it('is not what a tag says that names no zone', async () => {
    const tagged = cron('* * * * *', 'tz:', 'tz:Atlantis/Capital');
    const clues = { announced: ['2026-11-25T06:00:00Z'], defaultZone: null };
    expect(await finder.find(tagged, clues)).toEqual({
      name: 'UTC',
      source: 'cluster',
    });
  });

  it('keeps nobody waiting while it is looked for', async () => {
    // Of all crons these have the most moments in a year, on the most clocks.
    const slow = [
      '0-2 * 1-13 1 *',
      '0-58 0-22 * * *',
      '1-59 * * * *',
      '0-4 0 * 2-7 1',
    ];
    const announced = ['2026-01-05T00:01:00Z'];
    const held = await longestTurnOfTries(async () => {
      // What one found out before, it remembers.
      const anew = await ZoneFinder.at(now);
      for (const expression of slow) {
        await anew.find(cron(expression), { announced, defaultZone: null });
      }
    });
    expect(held).toBeLessThan(LONGEST_TURN_MS);
  });

  it('is never another one than was meant, unless both have all their runs at the same moments', async () => {
    const zones = Intl.supportedValuesOf('timeZone');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...zones),
        fc.constantFrom('UTC', ...zones),
        fc.constantFrom(
          '30 2 * * *',
          '0 */6 * * *',
          '0 6 * * 1-5',
          '15 * * * *',
          '*/20 1,2,3 * * *',
          '0 0 1 * *',
          '0 9 L * *',
        ),
        fc.integer({ min: -300, max: 0 }),
        async (meant, defaultZone, expression, day) => {
          const runs = runsOf(expression, meant, now.getTime() + day * DAY_MS);
          const zone = await finder.find(cron(expression), {
            announced: runs,
            defaultZone,
          });
          if (zone?.source === 'open') return;
          expect(zone).not.toBeNull();
          if (!zone) return;
          const from = now.getTime() + DAY_MS;
          expect(runsOf(expression, zone.name, from, 200)).toEqual(
            runsOf(expression, meant, from, 200),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

function openOf(zone: DagZone | null) {
  if (zone?.source !== 'open') throw new Error(JSON.stringify(zone));
  return zone;
}

/** The runs of some days, a quarter of an hour apart at the least. */
function runsOf(
  expression: string,
  zone: string,
  fromMs: number,
  days = 40,
): string[] {
  const read = WallCron.read(expression);
  if (!read) throw new Error(expression);
  const clock = ZoneClock.of(zone, now);
  const step = 5 * 60_000;
  const first = Math.ceil(fromMs / step) * step;
  const found: string[] = [];
  for (let ms = first; ms < first + days * DAY_MS; ms += step) {
    if (hasRunAt(read, clock, ms)) found.push(new Date(ms).toISOString());
  }
  return found.slice(0, days > 100 ? undefined : 14);
}
