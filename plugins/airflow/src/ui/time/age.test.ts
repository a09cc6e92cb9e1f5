import { ageOf } from './age';

const now = Date.parse('2026-11-23T12:00:00Z');

describe('ageOf', () => {
  it.each([
    ['2026-11-23T12:00:00Z', '0 s ago'],
    ['2026-11-23T11:59:48Z', '12 s ago'],
    ['2026-11-23T11:20:00Z', '40 min ago'],
    ['2026-11-22T11:00:00Z', '25 h ago'],
    ['2026-11-20T12:00:00Z', '3 d ago'],
    ['2026-11-23T12:58:00Z', 'in 58 min'],
    ['2026-11-23T14:00:00+02:00', '0 s ago'],
  ])('reads %s as %s', (moment, age) => {
    expect(ageOf(moment, now)).toBe(age);
  });
});
