/** How Python begins to write hosts with their logs. */
const start = /^\[?\(['"]/;
const literals =
  /'([^'\\]*(?:\\.[^'\\]*)*)(?:'|$)|"([^"\\]*(?:\\.[^"\\]*)*)(?:"|$)/g;
const escape = /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|(.))/g;
const letters: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
};

/** The lines of a log that some releases of Airflow 2 give as Python writes it, `[('host', 'line\nline')]`; else itself. */
export function* linesOfRepr(line: string): Generator<string> {
  if (!start.test(line) || !line.includes('\\n')) {
    yield line;
    return;
  }
  for (const [, single, double] of line.matchAll(literals)) {
    yield* linesOfLiteral(single ?? double);
  }
}

function* linesOfLiteral(literal: string): Generator<string> {
  let line = '';
  let at = 0;
  for (const {
    0: found,
    1: two,
    2: four,
    3: eight,
    4: letter,
    index,
  } of literal.matchAll(escape)) {
    line += literal.slice(at, index);
    at = index + found.length;
    const code = parseInt(two ?? four ?? eight, 16);
    const character = Number.isNaN(code)
      ? letters[letter] ?? letter
      : characterOf(code);
    if (character === '\n') {
      yield line;
      line = '';
    } else {
      line += character;
    }
  }
  yield line + literal.slice(at);
}

function characterOf(code: number): string {
  return code > 0x10ffff ? '' : String.fromCodePoint(code);
}
