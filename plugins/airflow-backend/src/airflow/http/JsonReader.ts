import {
  endOfSpace,
  endWithin,
  isBegunEscape,
  isOfWord,
  overNested,
  valueOf,
} from './jsonTokens';
import {
  DEEPEST,
  JsonValues,
  noJson,
  tooDeep,
  UnreadableJson,
} from './JsonValues';
import type { Wanted } from './wanted';

/** Gone over at once. */
const PIECE = 16 * 1024;
/** Longer than any number or name of a constant. */
const LONGEST_WORD = 5_000;

/** How a JSON text is read. */
export interface JsonReading {
  /** Members whose values, wherever they are, are given as the text that they are written in. */
  exact?: readonly string[];
  /** What is made of it; the rest is read over. */
  wanted?: Wanted;
}

/** A value that is read over, with so many lists and objects open in it. */
interface ReadOver {
  /** Given as it is written, as something else than was wanted, or not at all. */
  as: 'text' | 'other' | 'nothing';
  /** So much of it, the rest from a place. */
  written: string;
  from: number;
  depth: number;
}

/** What may come next: beside a value or a name, the end of a list or an object that is empty so far. */
type Next = 'value' | 'item' | 'name' | 'member' | 'colon' | 'comma' | 'end';

/**
 * Reads JSON as Airflow writes it, as it arrives and piece by piece, each character once: `NaN` and the infinities read
 * as null. Depth and number of values are bounded; nothing of it recurses.
 */
export class JsonReader {
  private readonly exact: ReadonlySet<string>;
  private readonly values: JsonValues;
  /** What has arrived, from where something was left to read when it did. */
  private text = '';
  private at = 0;
  /** Whether what is left goes on in what has not arrived yet. */
  private isWaiting = false;
  private isWhole = false;
  private next: Next = 'value';
  private over: ReadOver | undefined;
  /** The text that is being read, as far as it has come. */
  private begun: string | undefined;

  constructor({ exact = [], wanted }: JsonReading = {}) {
    this.exact = new Set(exact);
    this.values = new JsonValues(wanted);
  }

  /** Takes what came next, once there is nothing more to read. */
  feed(piece: string): void {
    if (this.over?.as === 'text') {
      this.over.written += this.text.slice(this.over.from, this.at);
      this.over.from = 0;
    }
    this.text = this.text.slice(this.at) + piece;
    this.at = 0;
    this.isWaiting = false;
  }

  /** Nothing more comes. */
  end(): void {
    this.isWhole = true;
    this.isWaiting = false;
  }

  /**
   * Reads on for about so many characters.
   *
   * @returns whether there is more to read of what has come
   * @throws UnreadableJson
   */
  advance(length: number): boolean {
    const until = this.at + length;
    while (this.at < until && this.hasMore()) this.step();
    return this.hasMore();
  }

  private hasMore(): boolean {
    return this.at < this.text.length && !this.isWaiting;
  }

  /** What was read, once there is no more. */
  get value(): unknown {
    if (this.next !== 'end') throw noJson();
    return this.values.outermost;
  }

  private step(): void {
    const char = this.text[this.at];
    if (this.begun !== undefined) this.readText();
    else if (char === ' ' || char === '\n' || char === '\r' || char === '\t') {
      this.at = endOfSpace(this.text, this.at);
    } else if (this.over) this.stepOver(char, this.over);
    else this.stepInto(char);
  }

  private stepInto(char: string): void {
    switch (char) {
      case '"':
        this.expect('value', 'item', 'name', 'member');
        if (this.isUnwanted('text')) return;
        this.at += 1;
        this.begun = '';
        return;
      case '{':
      case '[':
        this.expect('value', 'item');
        if (this.isUnwanted(char === '{' ? 'object' : 'list')) return;
        this.at += 1;
        this.begin(char === '{' ? 'object' : 'list');
        return;
      case '}':
      case ']':
        this.expect('comma', char === '}' ? 'member' : 'item');
        this.at += 1;
        this.close(char === '}' ? 'object' : 'list');
        return;
      case ',':
        this.expect('comma');
        this.at += 1;
        this.next = this.values.within === 'list' ? 'value' : 'name';
        return;
      case ':':
        this.expect('colon');
        this.at += 1;
        this.next = 'value';
        if (!this.values.wanted) this.readOver('nothing');
        else if (this.exact.has(this.values.name)) this.readOver('text');
        return;
      default:
        this.expect('value', 'item');
        this.readWord(value => this.put(value));
    }
  }

  /** Reads over what is of another kind than is wanted. A whole answer that is so is left. */
  private isUnwanted(kind: 'text' | 'list' | 'object'): boolean {
    if (this.next === 'name' || this.next === 'member') return false;
    const { members, items } = this.values.wanted ?? {};
    const wants = (members && 'object') ?? (items && 'list') ?? kind;
    if (kind === wants) return false;
    if (!this.values.within) {
      const article = wants === 'object' ? 'an' : 'a';
      throw new UnreadableJson(`the answer: not ${article} ${wants}`);
    }
    this.readOver('other');
    return true;
  }

  private readOver(as: ReadOver['as']): void {
    this.over = { as, written: '', from: this.at, depth: 0 };
  }

  /** How the lists and objects of a text are nested is the business of whoever reads that. */
  private stepOver(char: string, of: ReadOver): void {
    if (of.as !== 'text' && of.depth > 0) {
      const { at, depth } = overNested(this.text, this.at, {
        depth: of.depth,
        deepest: DEEPEST,
        length: PIECE,
      });
      const hasMoved = at > this.at;
      this.at = at;
      of.depth = depth;
      if (hasMoved) {
        this.endOver(of);
        return;
      }
    }
    switch (char) {
      case '"':
        this.at += 1;
        this.begun = '';
        return;
      case '{':
      case '[':
        if (of.as !== 'text' && of.depth === DEEPEST) throw tooDeep();
        this.at += 1;
        of.depth += 1;
        return;
      case '}':
      case ']':
        if (of.depth === 0) throw noJson();
        this.at += 1;
        of.depth -= 1;
        break;
      case ',':
      case ':':
        if (of.depth === 0) throw noJson();
        this.at += 1;
        return;
      default:
        this.readWord(() => this.endOver(of));
        return;
    }
    this.endOver(of);
  }

  private endOver({ as, written, from, depth }: ReadOver): void {
    if (depth > 0) return;
    this.over = undefined;
    if (as === 'nothing') this.next = 'comma';
    else if (as === 'other') this.put(this.values.wanted?.items ? {} : []);
    else this.put((written + this.text.slice(from, this.at)).trim());
  }

  private expect(...allowed: Next[]): void {
    if (!allowed.includes(this.next)) throw noJson();
  }

  private begin(kind: 'list' | 'object'): void {
    this.values.begin(kind);
    this.next = kind === 'list' ? 'item' : 'member';
  }

  private close(kind: 'list' | 'object'): void {
    this.values.close(kind);
    this.next = this.values.within ? 'comma' : 'end';
  }

  private put(value: unknown): void {
    this.values.put(value);
    this.next = this.values.within ? 'comma' : 'end';
  }

  /** Reads a text, or as much of it as has come. */
  private readText(): void {
    const { text } = this;
    const end = endWithin(text, this.at);
    this.begun += this.unescaped(this.at, end);
    this.at = end;
    if (text[end] === '"') this.endText();
    else if (end < text.length) {
      if (this.isWhole || !isBegunEscape(text, end)) throw noJson();
      this.isWaiting = true;
    }
  }

  private unescaped(from: number, to: number): string {
    if (from === to || this.over) return '';
    try {
      return JSON.parse(`"${this.text.slice(from, to)}"`);
    } catch {
      throw noJson();
    }
  }

  private endText(): void {
    const text = this.begun ?? '';
    this.begun = undefined;
    this.at += 1;
    if (this.over) {
      this.endOver(this.over);
      return;
    }
    if (this.next === 'name' || this.next === 'member') {
      this.values.name = text;
      this.next = 'colon';
    } else {
      this.put(text);
    }
  }

  /** Reads a number or a constant, unless it may go on in what has not arrived yet. */
  private readWord(take: (value: number | boolean | null) => void): void {
    const { text } = this;
    const longest = this.at + LONGEST_WORD;
    let at = this.at;
    while (at < text.length && at < longest && isOfWord(text.charCodeAt(at))) {
      at += 1;
    }
    if (at === text.length && at < longest && !this.isWhole) {
      this.isWaiting = true;
      return;
    }
    const value = valueOf(text.slice(this.at, at));
    this.at = at;
    take(value);
  }
}
