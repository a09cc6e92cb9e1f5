import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parts, withPart } from '../__testUtils__/ruleReference';

/** But for how it is indented and its tables are drawn. */
const words = (text: string) => text.replace(/[\s-]+/g, ' ');

describe('what is said of rules is as `npm run reference` writes it', () => {
  it.each(parts)('in $file: $name', ({ file, name, made }) => {
    const text = readFileSync(resolve(__dirname, '../../../..', file), 'utf8');
    expect(words(withPart(text, name, made()))).toBe(words(text));
  });
});
