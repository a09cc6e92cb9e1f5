/** Where a piece of JSON begins and ends within its text. */
export interface Span {
  from: number;
  to: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const marks = new Set([...'{}[],:'].map(mark => mark.charCodeAt(0)));

/** What JSON knows as space; a word holds any other. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function stringEnd(json: string, from: number): number {
  for (let at = from + 1; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at + 1;
  }
  return json.length;
}

function wordEnd(json: string, from: number): number {
  for (let at = from; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (marks.has(code) || code === QUOTE || isSpace(code)) return at;
  }
  return json.length;
}

/**
 * Strings, marks, and what stands bare: numbers, true, false, null, and Python's NaN and Infinity. Each character is
 * looked at once.
 */
export function* tokens(json: string): Generator<Span> {
  for (let at = 0; at < json.length; ) {
    const from = at;
    const code = json.charCodeAt(at);
    if (isSpace(code)) {
      at += 1;
    } else {
      if (marks.has(code)) at += 1;
      else at = code === QUOTE ? stringEnd(json, at) : wordEnd(json, at);
      yield { from, to: at };
    }
  }
}
