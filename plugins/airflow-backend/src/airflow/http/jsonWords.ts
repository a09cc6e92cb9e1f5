import { noJson } from './JsonValues';

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** Python writes what JSON has no word for bare, into conf and params above all. */
const constants = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', null],
  ['Infinity', null],
  ['-Infinity', null],
]);

/** Of what a character in a text begins: an escape is read whole, so that a piece ends before or behind it. */
export function lengthAt(text: string, at: number): number {
  if (text[at] !== '\\') return 1;
  return text[at + 1] === 'u' ? 6 : 2;
}

/** What a number or a constant stands for. */
export function valueOf(word: string): number | boolean | null {
  const constant = constants.get(word);
  if (constant !== undefined) return constant;
  if (!number.test(word)) throw noJson();
  return Number(word);
}

/** Letters, digits, `+`, `-` and `.`. */
export function isOfWord(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 43 ||
    code === 45 ||
    code === 46
  );
}
