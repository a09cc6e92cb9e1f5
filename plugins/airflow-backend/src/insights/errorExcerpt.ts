import type {
  LogEntry,
  TaskError,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { withoutSecrets } from './secrets';

const MOST_LINES = 40;
/** What Airflow says right after an error often tells what became of the task. */
const LINES_AFTER = 3;
const LONGEST_LINE = 500;

const tracebackStart =
  /^\s*(\+ Exception Group )?Traceback \(most recent call last\):/;
/** Such as `ValueError: no rows`, or the bare name of an exception. */
const raised = /^[A-Za-z_][\w.]*(:\s.*)?$/;

/** Under such a name Airflow loads the module of a DAG file, which says nothing to a person. */
const moduleOfDagFile = /^unusual_prefix_[0-9a-f]{40}_/;

/** How well a line explains why a task failed. */
const rank = { nothing: 0, error: 1, exception: 2 };

/**
 * Finds the error in a log as it streams by: the last traceback, else the last line of level error, else the end of
 * the log. Holds no more than the lines that it gives.
 */
export class ErrorExcerpt {
  private readonly last: string[] = [];
  private found: string[] | undefined;
  private foundRank = rank.nothing;
  /** Lines that are still to come before what was found is cut out. */
  private linesToCome = 0;
  private isWithinTraceback = false;
  private exception: string | null = null;
  /** How many entries went by, and which of them explains the failure best. */
  private entries = 0;
  private line: number | null = null;

  add(entry: LogEntry): void {
    this.entries += 1;
    if (entry.kind === 'line') {
      this.addLine(entry.text, entry.level);
    } else if (entry.kind === 'notice' && entry.level !== 'info') {
      this.addLine(entry.text, entry.level);
    }
  }

  result(): Pick<TaskError, 'exception' | 'excerpt' | 'line'> {
    const lines = this.linesToCome > 0 ? this.last : this.found ?? this.last;
    return {
      exception:
        this.exception && shown(this.exception.replace(moduleOfDagFile, '')),
      excerpt: lines.map(line => shown(line)),
      line: this.line,
    };
  }

  private addLine(text: string, level: string | null): void {
    this.last.push(text);
    if (this.last.length > MOST_LINES) this.last.shift();
    const lineRank = this.rankOf(text, level);
    if (lineRank !== rank.nothing && lineRank >= this.foundRank) {
      this.foundRank = lineRank;
      this.line = this.entries;
      this.linesToCome = LINES_AFTER;
      if (lineRank === rank.exception) this.exception = text;
    } else if (this.linesToCome > 0) {
      this.linesToCome -= 1;
      if (this.linesToCome === 0) this.found = [...this.last];
    }
  }

  private rankOf(text: string, level: string | null): number {
    if (tracebackStart.test(text)) {
      this.isWithinTraceback = true;
    } else if (this.isWithinTraceback && /^\S/.test(text)) {
      this.isWithinTraceback = false;
      if (raised.test(text)) return rank.exception;
    }
    return level === 'error' || level === 'critical'
      ? rank.error
      : rank.nothing;
  }
}

function shown(line: string): string {
  const text = withoutSecrets(line);
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)} …` : text;
}
