import { knownText, shareText } from './texts';

it.each([
  [0, 0, '–'],
  [0, 5, '0 %'],
  [5, 5, '100 %'],
  [1, 3, '33.3 %'],
  [1, 10_000, '< 0.1 %'],
  [9_999, 10_000, '> 99.9 %'],
])('tells %i of %i as %s', (part, whole, text) => {
  expect(shareText(part, whole)).toBe(text);
});

it.each([
  [90, '2026-11-10T12:00:00.000Z', '14 days of data'],
  [7, '2026-11-10T12:00:00.000Z', null],
  [7, '2026-11-18T00:00:00.000Z', null],
  [7, '2026-11-18T00:00:00.001Z', '6 days of data'],
  [7, '2026-11-23T20:00:00.000Z', '28 hours of data'],
  [1, '2026-11-24T22:30:00.000Z', '1 hour of data'],
  [1, '2026-11-25T01:00:00.000Z', '0 hours of data'],
  [90, null, null],
])('of %i days, with runs since %s, it knows %s', (days, since, text) => {
  const now = new Date('2026-11-25T00:00:00.000Z');
  expect(knownText(days, since, now)).toBe(text);
});
