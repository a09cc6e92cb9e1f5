import { dagZone } from './dagZone';

const cron = (expression: string, ...tags: string[]) => ({
  schedule: { kind: 'cron' as const, expression },
  tags,
});

describe('the zone of a DAG', () => {
  it.each<
    [string, string, string[], string | null, ReturnType<typeof dagZone>]
  >([
    [
      "the cluster's default where it fits",
      '30 3 * * *',
      ['2026-11-25T02:30:00Z'],
      'Europe/Berlin',
      { name: 'Europe/Berlin', source: 'cluster' },
    ],
    [
      'UTC where no default is set',
      '30 3 * * *',
      ['2026-11-25T03:30:00Z'],
      null,
      { name: 'UTC', source: 'cluster' },
    ],
    [
      'one in which the announced run falls on the cron',
      '0 6 * * 1-5',
      ['2026-11-25T11:00:00Z'],
      null,
      { name: 'America/New_York', source: 'inferred' },
    ],
    [
      'one that fits on both sides of a clock change',
      '0 8 * * *',
      ['2026-10-24T07:00:00Z', '2026-11-24T08:00:00Z'],
      'Europe/Berlin',
      { name: 'Europe/London', source: 'inferred' },
    ],
    [
      'the default for what runs every hour',
      '0 * * * *',
      ['2026-11-25T11:00:00Z'],
      'Asia/Tokyo',
      { name: 'Asia/Tokyo', source: 'cluster' },
    ],
    [
      'half hours',
      '@daily',
      ['2026-11-25T18:30:00Z'],
      null,
      { name: 'Asia/Kolkata', source: 'inferred' },
    ],
    [
      'a day of the month or of the week',
      '0 0 1 * 1',
      ['2026-11-30T00:00:00Z', '2026-12-01T00:00:00Z'],
      null,
      { name: 'UTC', source: 'cluster' },
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
  ])('is %s', (_what, expression, announced, own, zone) => {
    expect(dagZone(cron(expression), announced, own)).toEqual(zone);
  });

  it('is none for what is no cron', () => {
    const schedule = { kind: 'interval' as const, expression: '7:00:00' };
    const dag = { schedule, tags: [] };
    expect(dagZone(dag, ['2026-11-25T06:00:00Z'], 'UTC')).toBeNull();
  });

  it('is what a tag says, whatever else would fit', () => {
    const announced = ['2026-11-25T06:00:00Z'];
    const tagged = cron('0 6 * * *', 'orders', 'tz:Asia/Tokyo');
    const set = { name: 'Asia/Tokyo', source: 'tag' };
    expect(dagZone(tagged, announced, 'UTC')).toEqual(set);
    expect(dagZone(tagged, [], null)).toEqual(set);
  });

  it('is not what a tag says that names no zone', () => {
    const announced = ['2026-11-25T06:00:00Z'];
    const tagged = cron('0 6 * * *', 'tz:', 'tz:Atlantis/Capital');
    expect(dagZone(tagged, announced, null)).toEqual({
      name: 'UTC',
      source: 'cluster',
    });
  });
});
