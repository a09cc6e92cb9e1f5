import { distinctPart } from './distinctPart';

it.each([
  ['load_ordrs', 'ord'],
  ['invoice-mail.v2', 'invo'],
  ['étl', 'étl'],
  ['x', 'x'],
  ['', ''],
])('of %s it looks for %s', (id, part) => {
  expect(distinctPart(id)).toBe(part);
});
