/** What stands before the words of a line: of quotes, headings, lists and tasks, as they hold one another. */
const before =
  /^\s*(?:(?:>|#{1,6}|[-*+]|\d{1,9}[.)]|\[[ xX]\])(?:\s+|$))*(?=\S|$)/;
/** Lines without words: rules and what underlines headings and tables. */
const wordless = /^[\s:|=-]*$|^[\s*_]*$/;
const fence = /^\s*(?:`{3}|~{3})/;
/** Where links lead, when that stands on a line of its own. */
const definition = /^\s*\[[^[\]]+\]:\s/;
/** With a text of its own, or without, where it leads behind it. */
const link = /!?\[([^[\]]*)\](?:\([^()]*\)|\[[^[\]]*\])?/g;
const tag = /<\/?[a-z][^<>]*>/gi;
/** A sign that is meant, and signs that are not; underlines within a name are. */
const signs =
  /\\([!-/:-@[-`{-~])|`+|\*+|~~|(?<![\p{L}\p{N}_])_+|(?<!_)_+(?![\p{L}\p{N}_])/gu;

/**
 * The words of a Markdown text without its signs, a line for each line, as an excerpt of it shall read. It is no reader
 * of Markdown, all of which take longer than in proportion to what they read: each character is looked at a bounded
 * number of times, whatever an author wrote.
 */
export function plainText(markdown: string): string {
  return withoutComments(markdown)
    .split('\n')
    .filter(line => !fence.test(line) && !definition.test(line))
    .filter(line => !wordless.test(line))
    .map(wordsOf)
    .filter(line => line !== '')
    .join('\n');
}

function wordsOf(line: string): string {
  const words = line
    .replace(before, '')
    .replace(link, '$1')
    .replace(tag, '')
    .replace(signs, '$1')
    .trim();
  if (!words.startsWith('|')) return words;
  const cells = words.split('|').map(cell => cell.trim());
  return cells.filter(cell => cell !== '').join(' ');
}

function withoutComments(markdown: string): string {
  let kept = '';
  let at = 0;
  for (;;) {
    const from = markdown.indexOf('<!--', at);
    const to = from === -1 ? -1 : markdown.indexOf('-->', from);
    if (to === -1) return kept + markdown.slice(at);
    kept += markdown.slice(at, from);
    at = to + '-->'.length;
  }
}
