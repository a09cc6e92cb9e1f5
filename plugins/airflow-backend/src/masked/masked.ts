import { shortened } from './shortened';
import { withoutSecrets } from './secrets';

declare const door: unique symbol;

/**
 * Text of a cluster as it may be told to people: without secrets, and no longer than somebody reads. Nothing but the
 * door below makes it, and what tells of a cluster, in the portal or beyond it, takes nothing else.
 */
export type Masked = string & { readonly [door]: true };

/** More of a line is read than is told, so that what it hides of a secret is seen whole. */
const READ_TIMES = 4;
/** Of a line. */
const LONGEST_LINE = 1_000;
/** Of a text of several lines: of its beginning, and of its end, which mostly says more. */
const LONGEST_BEGINNING = 4_000;
const LONGEST_END = 12_000;
/** Of both, and of what says how much is missing between them. */
const LONGEST_TEXT = LONGEST_BEGINNING + LONGEST_END + 100;

function pass(text: string): Masked {
  return text as Masked;
}

/** The door for one line, such as a sentence or an error: it is cut first, and then searched for secrets. */
export function masked(line: string, most = LONGEST_LINE): Masked {
  const read = line.slice(0, most * READ_TIMES);
  const shown = withoutSecrets(read);
  const isWhole = shown.length <= most && read.length === line.length;
  return pass(isWhole ? shown : `${shown.slice(0, most)} …`);
}

/** The door for a text of several lines, such as a traceback; what is left out is left out of its middle. */
export function maskedText(text: string): Masked {
  return pass(
    ends(text)
      .split('\n')
      .map(line => masked(line))
      .join('\n'),
  );
}

/** Half a line might be half a secret, so whole lines are left out; of one that is longer, all but its beginning. */
function ends(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const beginning = text.slice(0, LONGEST_BEGINNING);
  const lastLine = beginning.lastIndexOf('\n');
  const kept = lastLine === -1 ? beginning : beginning.slice(0, lastLine);
  const end = text.slice(-LONGEST_END);
  const firstLine = end.indexOf('\n');
  const rest =
    firstLine === -1 ? lastLineOf(text, kept.length) : end.slice(firstLine);
  const left = text.length - kept.length - rest.length;
  return `${kept}\n… (${left} characters are left out) …${rest}`;
}

/** The beginning of a last line that is longer than the end: it mostly names the exception. */
function lastLineOf(text: string, from: number): string {
  const at = text.lastIndexOf('\n');
  return at < from ? '' : text.slice(at, at + LONGEST_BEGINNING);
}

/** What passed the door before it was stored. */
export function maskedBefore(stored: string): Masked {
  return pass(shortened(stored, 2 * LONGEST_TEXT));
}
