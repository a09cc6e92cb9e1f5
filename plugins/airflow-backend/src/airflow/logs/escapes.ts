/* eslint-disable no-control-regex */
// What programs write for a terminal. Each pattern is linear: nothing that begins one can stand within it.

/** Whether there is anything of it; in most lines there is not. */
const special = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

/** Colours and other looks, which readers of a log are shown. */
const look = /^\x1b\[[\d;]*m$/;
const looks = /\x1b\[[\d;]*m/g;

/**
 * In order: `ESC [`, as for colours or to clear a line; `ESC ]` and its kin with their text, such as the address of a
 * link; what is left of one that was cut; all others; what has no shape on a screen.
 */
const escapes =
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\)|\x1b\]\d*;*|\x1b[ -/]*[0-~]|[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** The text of a line without anything that steers a terminal. */
export function plainText(line: string): string {
  return special.test(line) ? asShown(withoutEscapes(line)) : line;
}

/** The same, but its colours stay. */
export function colouredText(line: string): string {
  if (!special.test(line)) return line;
  return asShown(
    line.replace(escapes, found => (look.test(found) ? found : '')),
  );
}

/** A line without the first characters that are seen of it, and what coloured them. */
export function afterVisible(line: string, count: number): string {
  let seen = 0;
  let at = 0;
  for (const found of line.matchAll(escapes)) {
    if (seen + found.index - at >= count) break;
    seen += found.index - at;
    at = found.index + found[0].length;
  }
  return line.slice(at + count - seen);
}

/** A line without escapes, whatever it wrote over. */
export function withoutEscapes(line: string): string {
  return special.test(line) ? line.replace(escapes, '') : line;
}

/** What a terminal shows in the end of a line that was written over, as progress bars are. */
function asShown(line: string): string {
  const last = line
    .split('\r')
    .findLast(writing => writing.replace(looks, '').trim() !== '');
  return withoutBackspaces(last ?? '');
}

function withoutBackspaces(text: string): string {
  if (!text.includes('\b')) return text;
  const shown: string[] = [];
  for (const character of text.replace(looks, '')) {
    if (character === '\b') shown.pop();
    else shown.push(character);
  }
  return shown.join('');
}
