import { instantSchema } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import fc from 'fast-check';
import { momentOf } from './stamp';

describe('the stamp of a line', () => {
  it.each([
    ['2026-11-23T22:20:43.787+0000', '2026-11-23T22:20:43.787Z'],
    ['2026-11-23T22:20:43.787123Z', '2026-11-23T22:20:43.787Z'],
    ['2026-11-23T22:20:43.787123+00:00', '2026-11-23T22:20:43.787Z'],
    ['2026-11-23T22:20:43Z', '2026-11-23T22:20:43.000Z'],
    ['2026-11-23T23:20:43.787+0100', '2026-11-23T22:20:43.787Z'],
    ['2026-11-23T17:20:43.787-05:00', '2026-11-23T22:20:43.787Z'],
    ['2022-11-16, 13:00:00 UTC', '2022-11-16T13:00:00.000Z'],
    ['2026-11-23T22:20:43.787', null],
    ['2026-13-23T22:20:43.787Z', null],
    ['2026-02-30T22:20:43.787Z', '2026-03-02T22:20:43.787Z'],
    ['2028-02-29T22:20:43.787Z', '2028-02-29T22:20:43.787Z'],
    ['2026-12-31T22:20:43.787123Z', '2026-12-31T22:20:43.787Z'],
    ['soon', null],
  ])('%s is %s', (stamp, moment) => expect(momentOf(stamp)).toBe(moment));

  it('is a moment of the calendar or none, whatever a task prints', () => {
    const two = (max: number) =>
      fc.integer({ min: 0, max }).map(value => `${value}`.padStart(2, '0'));
    const parts = [two(13), two(32), two(25), two(60), two(60)];
    fc.assert(
      fc.property(fc.tuple(...parts), ([month, day, hour, minute, second]) => {
        const stamp = `2026-${month}-${day}T${hour}:${minute}:${second}.787+0000`;
        expect(
          instantSchema.nullable().safeParse(momentOf(stamp)).success,
        ).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same moment, however precise and in whatever zone of UTC', () =>
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('1970-01-01T00:00:00Z'),
          max: new Date('2999-12-31T00:00:00Z'),
          noInvalidDate: true,
        }),
        fc.constantFrom('', '000', '999'),
        fc.constantFrom('Z', '+0000', '+00:00', '-0000'),
        (date, finer, zone) => {
          const moment = date.toISOString();
          const stamp = `${moment.slice(0, -1)}${finer}${zone}`;
          expect(momentOf(stamp)).toBe(moment);
        },
      ),
    ));
});
