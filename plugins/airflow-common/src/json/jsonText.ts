import { tokens, type Span } from './tokens';

/**
 * JSON as somebody wrote it. What Airflow tells and people fill in stays text on its way, since JavaScript would read
 * `9007199254740993` as another number, `1.0` as `1`, and Python's `NaN` not at all.
 *
 * @public
 */
export type JsonText = string;

/** What is nested deeper is not moved further to the right: nobody could read it, and each line would be as long. */
const MOST_INDENTED = 32;

/** Values one level below the outermost one, each with its name where it has one. */
function* parts(
  json: JsonText,
): Generator<{ name: string | undefined; text: JsonText }> {
  const isNamed = json.trimStart().startsWith('{');
  let depth = 0;
  let name: string | undefined;
  let value: Span | undefined;
  for (const { from, to } of tokens(json)) {
    const char = json[from];
    if (char === '}' || char === ']') depth -= 1;
    if (depth === 0 || (depth === 1 && char === ',')) {
      if (value) yield { name, text: json.slice(value.from, value.to) };
      name = undefined;
      value = undefined;
    } else if (depth === 1 && isNamed && char === '"' && name === undefined) {
      name = JSON.parse(json.slice(from, to));
    } else if (depth > 1 || char !== ':') {
      value = { from: value?.from ?? from, to };
    }
    if (char === '{' || char === '[') depth += 1;
  }
}

/**
 * The members of an object as they are written; none of what is no object. The text is known to be JSON.
 *
 * @public
 */
export function membersOf(json: JsonText): Map<string, JsonText> {
  const members = new Map<string, JsonText>();
  for (const { name, text } of parts(json)) {
    if (name !== undefined) members.set(name, text);
  }
  return members;
}

/**
 * The items of a list as they are written; none of what is no list. The text is known to be JSON.
 *
 * @public
 */
export function itemsOf(json: JsonText): JsonText[] {
  if (!json.trimStart().startsWith('[')) return [];
  return [...parts(json)].map(({ text }) => text);
}

/**
 * An object of members that are JSON already.
 *
 * @public
 */
export function objectOf(members: Iterable<[string, JsonText]>): JsonText {
  const written = [...members].map(
    ([name, text]) => `${JSON.stringify(name)}:${text}`,
  );
  return `{${written.join(',')}}`;
}

/**
 * The same without the space between its words.
 *
 * @public
 */
export function compactJson(json: JsonText): JsonText {
  return [...tokens(json)].map(({ from, to }) => json.slice(from, to)).join('');
}

/**
 * Puts the values of some members, wherever they are, into strings, so that they are read as the text that they are
 * written in.
 *
 * @param isMeant - whether a value is to be put into a string, by its text
 * @public
 */
export function quoteMembers(
  json: JsonText,
  names: readonly string[],
  isMeant: (value: JsonText) => boolean = () => true,
): JsonText {
  const wanted = new Set(names.map(name => JSON.stringify(name)));
  let written = '';
  let copied = 0;
  let before = '';
  let start: number | undefined;
  let isNext = false;
  let depth = 0;
  for (const { from, to } of tokens(json)) {
    const char = json[from];
    if (isNext) start = from;
    isNext = start === undefined && char === ':' && wanted.has(before);
    if (start !== undefined) {
      if (char === '{' || char === '[') depth += 1;
      if (char === '}' || char === ']') depth -= 1;
      if (depth === 0) {
        const value = json.slice(start, to);
        const put = isMeant(value) ? JSON.stringify(value) : value;
        written += json.slice(copied, start) + put;
        copied = to;
        start = undefined;
      }
    }
    before = json.slice(from, to);
  }
  return written + json.slice(copied);
}

/**
 * JSON with a line for each member, as far as its first `most` characters or a little more; every word of it stays
 * as it is written.
 *
 * @public
 */
export function prettyJson(json: JsonText, most = Infinity): string {
  let out = '';
  let depth = 0;
  let before = '';
  const line = () =>
    `\n${'  '.repeat(Math.max(0, Math.min(depth, MOST_INDENTED)))}`;
  for (const { from, to } of tokens(json)) {
    const text = json.slice(from, to);
    if (text === '}' || text === ']') {
      depth -= 1;
      if (before !== '{' && before !== '[') out += line();
    } else if (before === '{' || before === '[') {
      out += line();
    }
    out += text;
    if (text === '{' || text === '[') depth += 1;
    if (text === ',') out += line();
    if (text === ':') out += ' ';
    before = text;
    if (out.length > most) break;
  }
  return out;
}

/**
 * The text that some JSON is; undefined where it is none.
 *
 * @public
 */
export function textIn(json: JsonText): string | undefined {
  if (!json.startsWith('"')) return undefined;
  const read: unknown = JSON.parse(json);
  return typeof read === 'string' ? read : undefined;
}

/**
 * A value as people read it: a text without its quotes, all else as it is written.
 *
 * @public
 */
export function shownText(json: JsonText): string {
  return textIn(json) ?? json;
}
