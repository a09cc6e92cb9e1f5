import type {
  LogEntry,
  LogLevel,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { plainText } from '../airflow/logs/escapes';
import { masked, type Masked } from '../masked';
import {
  deathOf,
  hollowOf,
  soundsLikeTrouble,
  meaningOf,
  type LineMeaning,
} from './causes';
import { Tracebacks } from './tracebacks';

const MOST_LINES = 40;
/** What Airflow says right after an error often tells what became of the task. */
const LINES_AFTER = 3;
/** More than is told is read of a line. */
const LONGEST_READ = 2_000;
const LONGEST_LINE = 500;

/** Under such a name Airflow loads the module of a DAG file, which says nothing to a person. */
const moduleOfDagFile = /\bunusual_prefix_[0-9a-f]{40}_/g;
const container = /^\[[\w.-]{1,80}\] /;

/** Why a task failed, as it may be told. */
export interface MaskedError {
  exception: Masked | null;
  excerpt: Masked[];
  /** The number of the line in the log; null for none. */
  line: number | null;
}

interface Line {
  nr: number;
  text: string;
  level: LogLevel | null;
}

/** A line that may tell why the task failed, with those around it. */
interface Finding {
  exception: string | null;
  nr: number;
  lines: string[];
  toCome: number;
}

/**
 * Finds why a task failed in its log as it streams by. In order: the exception that the task runner reports, or where
 * that one says nothing, what the command or pod printed; how the process died; the last traceback; the last line of
 * level error; the code that the process ended with. Warnings, failing callbacks and mails are none of it. Holds no
 * more than the lines that it gives.
 */
export class ErrorExcerpt {
  private readonly last: Line[] = [];
  private readonly tracebacks = new Tracebacks();
  /** How many entries went by. */
  private entries = 0;
  private hasTimes = false;
  /** Of the statement that the lines belong to. */
  private meaning: LineMeaning = { kind: 'other' };
  private verdict: Finding | undefined;
  /** Whether another statement came after the verdict. */
  private isSettled = false;
  /** The lines before the verdict, and how the command or pod of it died. */
  private before: Line[] = [];
  private commandDeath: string | undefined;
  private death: Finding | undefined;
  private exception: Finding | undefined;
  private error: Finding | undefined;
  private exit: Finding | undefined;

  add(entry: LogEntry): void {
    this.entries += 1;
    if (entry.kind !== 'line' && entry.kind !== 'notice') return;
    if (entry.kind === 'notice' && entry.level === 'info') return;
    const isTimed =
      entry.kind === 'line' &&
      (entry.time !== null || entry.wallClock !== undefined);
    this.hasTimes ||= isTimed;
    const line = {
      nr: this.entries,
      text: plainText(entry.text.slice(0, LONGEST_READ)),
      level: entry.level,
    };
    this.keep(line);
    const begins = isTimed || !this.hasTimes || entry.kind === 'notice';
    this.read(line, begins);
  }

  result(): MaskedError {
    const cause = this.cause();
    const lines = cause?.lines ?? this.last.map(({ text }) => text);
    return {
      exception: cause?.exception
        ? shown(cause.exception.replace(moduleOfDagFile, ''))
        : null,
      excerpt: lines.map(shown),
      line: cause?.nr ?? null,
    };
  }

  private keep(line: Line): void {
    this.last.push(line);
    if (this.last.length > MOST_LINES) this.last.shift();
    const { verdict, death, exception, error, exit } = this;
    for (const finding of [verdict, death, exception, error, exit]) {
      if (finding && finding.toCome > 0) {
        finding.toCome -= 1;
        finding.lines = [...finding.lines, line.text].slice(-MOST_LINES);
      }
    }
  }

  /** @param begins - whether something new is said, rather than more of what came before */
  private read(line: Line, begins: boolean): void {
    const part = this.tracebacks.read(line.text);
    if (part === null && begins) this.readStatement(line);
    if (part === 'exception') this.readException(line);
    const { verdict } = this;
    if (verdict?.exception && !this.isSettled && this.isHollow(verdict)) {
      // A pod's reason follows its code.
      this.commandDeath = deathOf(line.text) ?? this.commandDeath;
    }
  }

  private readStatement(line: Line): void {
    this.meaning = meaningOf(line.text);
    const { meaning } = this;
    if (this.verdict) {
      this.isSettled = true;
    } else if (meaning.kind === 'verdict') {
      this.before = this.last.slice(0, -1);
      // Where no exception follows, as after the exit of a task, the line itself says it.
      const isAll = hollowOf(line.text) !== undefined;
      this.verdict = this.finding(line, isAll ? line.text : null);
    } else if (meaning.kind === 'death') {
      this.death ??= this.finding(line, meaning.words);
    } else if (meaning.kind === 'exit') {
      this.exit ??= this.finding(line, meaning.words);
    } else if (meaning.kind === 'other' && isError(line.level)) {
      this.error = this.finding(line, null);
    }
  }

  private readException(line: Line): void {
    const found = this.tracebacks.exception;
    if (!found || line.level === 'warning') return;
    const { raised, root } = found;
    const exception =
      root && root !== raised ? `${raised} (caused by ${root})` : raised;
    if (this.meaning.kind === 'aftermath') return;
    if (this.meaning.kind !== 'verdict') {
      // What a task printed may come after the verdict; what came before tells more.
      if (!this.verdict || !this.exception) {
        this.exception = this.finding(line, exception);
      }
    } else if (!this.isSettled) {
      this.verdict = this.finding(line, exception);
    }
  }

  private finding({ nr }: Line, exception: string | null): Finding {
    const lines = this.last.map(({ text }) => text);
    return { nr, exception, lines, toCome: LINES_AFTER };
  }

  private isHollow(verdict: Finding): boolean {
    return hollowOf(verdict.exception ?? '') === 'ended';
  }

  private cause(): Finding | undefined {
    const { verdict, commandDeath, death, exception, error, exit } = this;
    if (!verdict) return death ?? exception ?? error ?? exit;
    switch (hollowOf(verdict.exception ?? '')) {
      case 'ended':
        return commandDeath
          ? { ...verdict, exception: commandDeath }
          : exception ?? this.saidBefore(verdict) ?? verdict;
      case 'load':
        return exception ?? verdict;
      case 'stopped':
        return death ?? verdict;
      default:
        return verdict;
    }
  }

  /** The last line of a command's output that sounds like why it ended badly. */
  private saidBefore(verdict: Finding): Finding | undefined {
    const said = this.before.findLast(
      ({ text, level }) => level !== 'warning' && soundsLikeTrouble(text),
    );
    if (!said) return undefined;
    const lines = this.before.map(({ text }) => text);
    return {
      ...verdict,
      nr: said.nr,
      exception: said.text.replace(container, ''),
      lines: [...lines, verdict.exception ?? ''].slice(-MOST_LINES),
    };
  }
}

function isError(level: LogLevel | null): boolean {
  return level === 'error' || level === 'critical';
}

function shown(line: string): Masked {
  return masked(line, LONGEST_LINE);
}
