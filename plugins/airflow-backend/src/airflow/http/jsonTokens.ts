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

/** How far a text can be read that goes on at a place: to its end, or to what may go on where no more has come yet. */
export function endWithin(text: string, from: number): number {
  return endOf(within, text, from);
}

const QUOTE = 34;
const BACKSLASH = 92;
/** So much of a text is looked at character by character, since most texts are short; an expression is faster then. */
const SHORT = 24;

/** As {@link endWithin}, of texts that mostly are short. */
function endOfText(text: string, from: number): number {
  const until = Math.min(text.length, from + SHORT);
  for (let at = from; at < until; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH || code < 32) break;
  }
  return endWithin(text, from);
}

/** How lists and objects are nested after each of these. */
const steps = new Int8Array(128);
for (const opening of '[{') steps[opening.charCodeAt(0)] = 1;
for (const closing of ']}') steps[closing.charCodeAt(0)] = -1;

/**
 * Goes over what stands within so many lists and objects, for about so many characters: as far as the outermost of them
 * ends, one too many begins, or a text begins that has not all come.
 */
export function overNested(
  text: string,
  from: number,
  nested: { depth: number; deepest: number; length: number },
): { at: number; depth: number } {
  const { deepest, length } = nested;
  let { depth } = nested;
  let at = from;
  const until = Math.min(text.length, from + length);
  while (at < until && depth > 0) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfText(text, at + 1);
      if (text.charCodeAt(end) !== QUOTE) break;
      at = end + 1;
    } else {
      const step = code < 128 ? steps[code] : 0;
      if (step > 0 && depth === deepest) break;
      depth += step;
      at += 1;
    }
  }
  return { at, depth };
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
