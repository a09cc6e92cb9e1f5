import { shareText } from './texts';

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
