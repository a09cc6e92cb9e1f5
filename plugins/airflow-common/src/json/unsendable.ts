import type { JsonText } from './jsonText';
import { tokens } from './tokens';

/**
 * A value that no Airflow can be sent as it is written.
 *
 * @public
 */
export interface Unsendable {
  /** Where it stands: names of members, places in lists. */
  path: readonly (string | number)[];
  /** Why it cannot be sent, to stand after the name of what holds it. */
  why: string;
}

/** Python reads no whole number that is longer. */
const LONGEST_NUMBER = 4_300;
/** Python gives up at about a thousand. */
const DEEPEST = 500;
const numeral = /^-?(?:0|[1-9]\d*)(?<rest>\.\d+)?(?<exponent>[eE][+-]?\d+)?$/;
const halfLetter =
  /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** An object or list that is open, and where in it we are. */
interface Open {
  at: string | number;
  isName: boolean;
}

/**
 * The first thing in some JSON that would arrive as something else, or not at all. Whether it is JSON at all is
 * another question.
 *
 * @public
 */
export function unsendableIn(json: JsonText): Unsendable | undefined {
  const open: Open[] = [];
  for (const { from, to } of tokens(json)) {
    const word = json.slice(from, to);
    const inner = open.at(-1);
    if (word === '{') open.push({ at: '', isName: true });
    else if (word === '[') open.push({ at: 0, isName: false });
    else if (word === '}' || word === ']') open.pop();
    else if (word === ',' && inner) next(inner);
    else if (word === ':' && inner) inner.isName = false;
    else if (inner?.isName) {
      const name = nameIn(word);
      if (name === undefined) {
        const path = open.slice(0, -1).map(({ at }) => at);
        return { path, why: 'is not JSON: a name in it is no text' };
      }
      inner.at = name;
    } else {
      const why = whyNot(word);
      if (why) return { path: open.map(({ at }) => at), why };
    }
    if (open.length > DEEPEST) {
      const path = open.slice(0, 3).map(({ at }) => at);
      return { path, why: 'is nested deeper than Airflow reads' };
    }
  }
  return undefined;
}

function next(inner: Open): void {
  if (typeof inner.at === 'number') inner.at += 1;
  else inner.isName = true;
}

function nameIn(word: JsonText): string | undefined {
  if (!word.startsWith('"')) return undefined;
  try {
    return String(JSON.parse(word));
  } catch {
    return undefined;
  }
}

function whyNot(word: JsonText): string | undefined {
  if (['true', 'false', 'null'].includes(word)) return undefined;
  if (word.startsWith('"')) return whyNoText(word);
  if (/^-?(?:NaN|Infinity)$/.test(word)) {
    return `is ${word}, for which JSON has no word`;
  }
  const parts = numeral.exec(word);
  if (!parts) return `is not JSON: ${word.slice(0, 40)}`;
  const isWhole = !parts.groups?.rest && !parts.groups?.exponent;
  if (isWhole) {
    return word.length > LONGEST_NUMBER
      ? 'is a longer number than Airflow reads'
      : undefined;
  }
  const read = Number(word);
  const mantissa = word.split(/e/i)[0];
  return Number.isFinite(read) && (read !== 0 || !/[1-9]/.test(mantissa))
    ? undefined
    : `is a number that Airflow cannot hold: ${word.slice(0, 40)}`;
}

function whyNoText(word: JsonText): string | undefined {
  let text: unknown;
  try {
    text = JSON.parse(word);
  } catch {
    return 'is not JSON: a string is not ended, or holds a bare line break';
  }
  return typeof text === 'string' && halfLetter.test(text)
    ? 'holds half a letter'
    : undefined;
}
