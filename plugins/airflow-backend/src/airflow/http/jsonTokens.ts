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

/** Space between values, and what may stand within a text: characters as they are, and whole escapes. */
const space = /[ \n\r\t]*/y;
const within = /(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y; // eslint-disable-line no-control-regex
/** Of a list or an object what neither ends it nor begins another or a text. */
const plain = /[^"[\]{}]*/y;
/** Of an escape, which is read whole. */
const LONGEST_ESCAPE = 6;

function endOf(what: RegExp, text: string, from: number): number {
  what.lastIndex = from;
  what.test(text);
  return what.lastIndex;
}

/** Where the space that begins at a place is over. */
export function endOfSpace(text: string, from: number): number {
  return endOf(space, text, from);
}

/** Where comes next what has a meaning for how lists and objects are nested. */
export function endOfPlain(text: string, from: number): number {
  return endOf(plain, text, from);
}

/** How far a text can be read that goes on at a place: to its end, or to what may go on where no more has come yet. */
export function endWithin(text: string, from: number): number {
  return endOf(within, text, from);
}

/** Whether what stands at a place may be the beginning of an escape of which more comes. */
export function isBegunEscape(text: string, at: number): boolean {
  return (
    text.length - at < LONGEST_ESCAPE &&
    /^\\(?:u[\da-fA-F]{0,3})?$/.test(text.slice(at))
  );
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
