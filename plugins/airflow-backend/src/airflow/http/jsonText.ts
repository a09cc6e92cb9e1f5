/** Where a piece of JSON begins and ends within its text. */
interface Span {
  from: number;
  to: number;
}

const space = /\s/;
const marks = '{}[],:';

function stringEnd(json: string, from: number): number {
  for (let at = from + 1; at < json.length; at += 1) {
    if (json[at] === '\\') at += 1;
    else if (json[at] === '"') return at + 1;
  }
  return json.length;
}

function wordEnd(json: string, from: number): number {
  let at = from;
  while (
    at < json.length &&
    !marks.includes(json[at]) &&
    json[at] !== '"' &&
    !space.test(json[at])
  ) {
    at += 1;
  }
  return at;
}

/** Strings, marks, and what stands bare: numbers, true, false, null, and Python's NaN and Infinity. */
function* tokens(json: string): Generator<Span> {
  for (let at = 0; at < json.length; ) {
    if (space.test(json[at])) {
      at += 1;
    } else {
      const from = at;
      if (marks.includes(json[at])) at += 1;
      else at = json[at] === '"' ? stringEnd(json, at) : wordEnd(json, at);
      yield { from, to: at };
    }
  }
}

/** The members of an object as they are written, so that nothing is lost by reading them; the text is known to be JSON. */
export function membersOf(json: string): Map<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let name: string | undefined;
  let value: Span | undefined;
  const finish = () => {
    if (name !== undefined && value) {
      members.set(name, json.slice(value.from, value.to));
    }
    name = undefined;
    value = undefined;
  };
  for (const { from, to } of tokens(json)) {
    const char = json[from];
    if (char === '}' || char === ']') depth -= 1;
    if (depth === 1 && char === ',') finish();
    else if (depth === 1 && char === '"' && name === undefined) {
      name = JSON.parse(json.slice(from, to));
    } else if (depth >= 1 && name !== undefined && char !== ':') {
      value = { from: value?.from ?? from, to };
    }
    if (char === '{' || char === '[') depth += 1;
    if (depth === 0) finish();
  }
  return members;
}

/**
 * JSON with a line for each member, as far as its first `most` characters or a little more; every word of it stays
 * as it is written.
 */
export function prettyJson(json: string, most: number): string {
  let out = '';
  let depth = 0;
  let before = '';
  const line = () => `\n${'  '.repeat(depth)}`;
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
