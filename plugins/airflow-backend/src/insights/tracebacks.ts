const start =
  /^(\[[\w.-]{1,80}\] |Container logs: )?\s*(\+ Exception Group )?Traceback \(most recent call last\):/;
/** Such as `ValueError: no rows`, or the bare name of an exception. */
const raised = /^[\p{L}_][\p{L}\p{N}_.<>]*(?::(?:\s.*)?)?$/u;

const asCause =
  'The above exception was the direct cause of the following exception:';
const meanwhile =
  'During handling of the above exception, another exception occurred:';

/** What a line is to the traceback that it belongs to. */
type Part = 'start' | 'frame' | 'exception' | 'link';

/**
 * Follows the tracebacks in a log, line by line: those of Python itself, of groups, and those that a pod printed, each
 * line of which begins with the name of its container.
 */
export class Tracebacks {
  /** What each line of the traceback begins with, while its exception is still to come. */
  private open: { prefix: string; isGroup: boolean } | null = null;
  private prefix = '';
  private link: 'cause' | 'meanwhile' | null = null;
  /** The exception that was raised last, and the one that Python says it goes back to. */
  private last: string | null = null;
  private root: string | null = null;

  /** What a line is to a traceback; null where it belongs to none. */
  read(line: string): Part | null {
    const begun = start.exec(line);
    if (begun) {
      this.prefix = begun[1] ?? '';
      this.open = { prefix: this.prefix, isGroup: begun[2] !== undefined };
      if (this.link === 'cause') this.root ??= this.last;
      else this.root = null;
      this.link = null;
      return 'start';
    }
    const text = line.startsWith(this.prefix)
      ? line.slice(this.prefix.length)
      : line;
    if (this.open) return this.readFrame(text, this.open.isGroup);
    if (text === asCause || text === meanwhile) {
      this.link = text === asCause ? 'cause' : 'meanwhile';
      return 'link';
    }
    return null;
  }

  /** The exception, with the one that was its direct cause in the end. */
  get exception(): { raised: string; root: string | null } | null {
    return this.last === null ? null : { raised: this.last, root: this.root };
  }

  private readFrame(line: string, isGroup: boolean): Part | null {
    const text = isGroup ? line.replace(/^\s*\| ?/, '') : line;
    if (/^\s/.test(text) || text === '') return 'frame';
    this.open = null;
    if (!raised.test(text)) return null;
    this.last = text;
    return 'exception';
  }
}
