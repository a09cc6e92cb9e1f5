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
    ['soon', null],
  ])('%s is %s', (stamp, moment) => expect(momentOf(stamp)).toBe(moment));

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
