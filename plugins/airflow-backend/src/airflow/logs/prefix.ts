import type { LogLevel } from '@airflow-fleet/backstage-plugin-airflow-common';
import { afterVisible, withoutEscapes } from './escapes';
import { levelName, levelOf } from './levels';
import { momentOf } from './stamp';
import { zoneNames } from './zones';

/** What stands before the text of a line, as formats of logging put it there. */
export interface Prefix {
  /** Null where the line names none. */
  level: LogLevel | null;
  time: string | null;
  /** The time as it stands there, where it is no moment without its zone. */
  wallClock: string | undefined;
  source: string | null;
  text: string;
}

/** No prefix is longer. */
const LONGEST = 500;
/** Names, brackets and lines between them that a format puts before its text. */
const MOST_PARTS = 12;

const clock = String.raw`\d{4}[-/]\d\d[-/]\d\d(?:T|, | )\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?`;
const offset = String.raw`Z|[+-]\d\d(?::?\d\d)?`;
const stamps = {
  /** Within brackets every word behind the time is its zone. */
  bracketed: new RegExp(
    String.raw`\[(${clock}(?: ?(?:${offset}|[A-Za-z]{2,5}))?)(?:\]|(?=: ))`,
    'y',
  ),
  bare: new RegExp(
    String.raw`(${clock}(?: ?(?:${offset}|(?:${zoneNames.join('|')})(?!\w)))?)`,
    'y',
  ),
};
const levels = {
  bracketed: new RegExp(String.raw`\[\s{0,8}(${levelName})\s{0,8}\]`, 'iy'),
  /** A word that stands alone is a level in upper case only, and where no name or text goes on with it. */
  bare: new RegExp(
    String.raw`(${levelName.toUpperCase()})(?:\/[\w.-]{1,80}\])?(?=\s{0,8}(?:[-:|\]]|\{)(?!\w{0,80}\/)|\s|$)`,
    'y',
  ),
};
const braces = /\{{1,2}([^{}]{1,200})\}{1,2}/y;
const brackets = /\[([^[\]]{0,200})\]/y;
const separator = /[-|:\u2013\u2014](?=\s|[A-Z[{])/y;
/** A logger, a thread or a place in the code, with a line or a level behind it. */
const name = new RegExp(
  String.raw`[\w.<>-]{1,120}(?::\w{1,80}){0,2}(?=\s{0,8}[-|:]\s|\s{1,8}(?:${levelName.toUpperCase()})\b)`,
  'y',
);
const space = /[ \t]*/y;
/** What stands between a level and the text, with the logger in formats such as `LEVEL:logger:` and `LEVEL | logger - `. */
const afterLevel =
  /[ \t]*(?::([\w.]{1,120}):|\| ([\w.:<>]{1,200}) - |(?:[-\u2013\u2014](?=\s)|[|:])[ \t]?)?/y;

class Head {
  level: LogLevel | null = null;
  time: string | null = null;
  wallClock: string | undefined;
  source: string | null = null;
  private hasStamp = false;
  private at = 0;

  constructor(private readonly line: string) {}

  /** Where the text begins. */
  read(): number | undefined {
    /** Behind the last stamp in brackets; what comes after it may be text. */
    let end: number | undefined;
    let first: string | undefined;
    for (let part = 0; part < MOST_PARTS; part += 1) {
      this.take(space);
      const stamp = this.take(stamps.bracketed);
      // Without a level, a date that nothing encloses may be text.
      if (stamp) end = this.at;
      const moment = stamp ?? this.take(stamps.bare);
      if (moment) {
        this.stamp(moment[1]);
        this.take(/: /y);
        continue;
      }
      const level = this.takeLevel(part === 0);
      if (level) {
        this.level = levelOf(level);
        if (!this.hasStamp && this.source) this.wallClock = first;
        const logger = this.readLogger();
        this.source ??= logger;
        if (!this.hasStamp) this.readStampBehind();
        return this.at;
      }
      const source = this.take(braces);
      if (source) {
        this.source ??= source[1];
        continue;
      }
      const bracketed = this.take(brackets);
      if (bracketed) {
        if (part === 0) first = bracketed[1];
        continue;
      }
      if (!this.take(separator) && !this.take(name)) break;
    }
    this.source = null;
    return end === undefined ? undefined : this.afterSpace(end);
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.line);
    if (found) this.at += found[0].length;
    return found;
  }

  /** Where nothing stands before it, a level is one only if something parts it from the text. */
  private takeLevel(isFirst: boolean): string | undefined {
    const from = this.at;
    const found = this.take(levels.bracketed) ?? this.take(levels.bare);
    if (!found) return undefined;
    const isAlone = isFirst && !found[0].startsWith('[');
    const isParted = /^\s{0,8}(?:[-|:]|\{)/.test(this.line.slice(this.at));
    const isKnown = this.hasStamp || this.source !== null || isFirst;
    if (isKnown && (!isAlone || isParted)) return found[1];
    this.at = from;
    return undefined;
  }

  /** Some formats put the time behind the level. */
  private readStampBehind(): void {
    const found = this.take(stamps.bracketed) ?? this.take(stamps.bare);
    if (!found) return;
    this.stamp(found[1]);
    this.take(afterLevel);
  }

  private readLogger(): string | null {
    const found = this.take(afterLevel);
    return found?.[1] ?? found?.[2] ?? null;
  }

  private stamp(text: string): void {
    this.hasStamp = true;
    // Vendors put a stamp of theirs before that of Airflow.
    this.time = momentOf(text) ?? this.time;
    this.wallClock = this.time === null ? text : undefined;
  }

  private afterSpace(end: number): number {
    return this.line[end] === ' ' ? end + 1 : end;
  }
}

/** Splits a line into what its format put before the text, and the text; undefined where nothing does. */
export function prefixOf(line: string): Prefix | undefined {
  const head = new Head(withoutEscapes(line.slice(0, LONGEST)));
  const end = head.read();
  if (end === undefined) return undefined;
  const { level, time, wallClock, source } = head;
  const text = afterVisible(line, end);
  return { level, time, wallClock, source, text };
}
