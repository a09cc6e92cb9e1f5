/** Python gives up before, and so no Airflow can have written it. */
const DEEPEST = 1_000;
/** More than any page of a list, or the longest answer that has no pages, is made of. */
const MOST_VALUES = 1_000_000;
/** Of one object, which is then checked whole. */
const MOST_MEMBERS = 50_000;
/** Longer than any number or name of a constant. */
const LONGEST_WORD = 5_000;
/** So much of a text is read at once. */
const PIECE = 64 * 1024;

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** Python writes what JSON has no word for bare, into conf and params above all. */
const constants = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', null],
  ['Infinity', null],
  ['-Infinity', null],
]);

/** Some text is not JSON that can be read. The message quotes nothing of it, which may be secret. */
export class UnreadableJson extends Error {
  readonly name = 'UnreadableJson';
}

/** A list or an object that has begun; of an object with the name of the member that is to come. */
interface Open {
  readonly holder: unknown[] | Record<string, unknown>;
  name: string;
  members: number;
}

/** What may come next: beside a value or a name, the end of a list or an object that is empty so far. */
type Next = 'value' | 'item' | 'name' | 'member' | 'colon' | 'comma' | 'end';

/**
 * Reads JSON as Airflow writes it, piece by piece, each character once: `NaN` and the infinities read as null. Depth
 * and number of values are bounded; nothing of it recurses.
 */
export class JsonReader {
  private readonly exact: ReadonlySet<string>;
  private readonly open: Open[] = [];
  private at = 0;
  private next: Next = 'value';
  private values = 0;
  private read: unknown;
  /** Where a value begins that is given as text, and how many lists and objects are open within it. */
  private asText: { from: number; depth: number } | undefined;
  /** The text that is being read, as far as it has come. */
  private begun: string | undefined;

  /** @param exact - members whose values, wherever they are, are given as the text that they are written in */
  constructor(private readonly text: string, exact: readonly string[] = []) {
    this.exact = new Set(exact);
  }

  /**
   * Reads on for about so many characters.
   *
   * @returns whether there is more to read
   * @throws UnreadableJson
   */
  advance(length: number): boolean {
    const until = this.at + length;
    while (this.at < until && this.at < this.text.length) this.step();
    return this.at < this.text.length;
  }

  /** What was read, once there is no more. */
  get value(): unknown {
    if (this.next !== 'end') throw noJson();
    return this.read;
  }

  private step(): void {
    const char = this.text[this.at];
    if (this.begun !== undefined) this.readText();
    else if (char === ' ' || char === '\n' || char === '\r' || char === '\t') {
      this.at += 1;
    } else if (this.asText) this.stepAsText(char, this.asText);
    else this.stepInto(char);
  }

  private stepInto(char: string): void {
    switch (char) {
      case '"':
        this.expect('value', 'item', 'name', 'member');
        this.at += 1;
        this.begun = '';
        return;
      case '{':
      case '[':
        this.expect('value', 'item');
        this.at += 1;
        this.begin(char === '{' ? {} : []);
        return;
      case '}':
      case ']':
        this.expect('comma', char === '}' ? 'member' : 'item');
        this.at += 1;
        this.close(char === '}');
        return;
      case ',':
        this.expect('comma');
        this.at += 1;
        this.next = Array.isArray(this.open.at(-1)?.holder) ? 'value' : 'name';
        return;
      case ':':
        this.expect('colon');
        this.at += 1;
        this.beginMember();
        return;
      default:
        this.expect('value', 'item');
        this.put(this.readWord());
    }
  }

  /** Reads over what stays text. How its lists and objects are nested is the business of whoever reads that. */
  private stepAsText(char: string, of: { from: number; depth: number }): void {
    switch (char) {
      case '"':
        this.at += 1;
        this.begun = '';
        return;
      case '{':
      case '[':
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
        this.readWord();
    }
    this.endAsText(of);
  }

  private endAsText({ from, depth }: { from: number; depth: number }): void {
    if (depth > 0) return;
    this.asText = undefined;
    this.put(this.text.slice(from, this.at).trim());
  }

  private expect(...allowed: Next[]): void {
    if (!allowed.includes(this.next)) throw noJson();
  }

  private begin(holder: Open['holder']): void {
    if (this.open.length === DEEPEST) {
      throw new UnreadableJson(`it is nested deeper than ${DEEPEST} levels`);
    }
    this.open.push({ holder, name: '', members: 0 });
    this.next = Array.isArray(holder) ? 'item' : 'member';
  }

  private close(isObject: boolean): void {
    const closed = this.open.pop();
    if (!closed || Array.isArray(closed.holder) === isObject) throw noJson();
    this.put(closed.holder);
  }

  private beginMember(): void {
    this.next = 'value';
    const name = this.open.at(-1)?.name ?? '';
    if (this.exact.has(name)) this.asText = { from: this.at, depth: 0 };
  }

  /** Takes a value that has been read to its end. */
  private put(value: unknown): void {
    this.values += 1;
    if (this.values > MOST_VALUES) {
      throw new UnreadableJson(`it holds more than ${MOST_VALUES} values`);
    }
    const inner = this.open.at(-1);
    this.next = inner ? 'comma' : 'end';
    if (!inner) this.read = value;
    else if (Array.isArray(inner.holder)) inner.holder.push(value);
    else this.putMember(inner, inner.holder, value);
  }

  private putMember(
    of: Open,
    holder: Record<string, unknown>,
    value: unknown,
  ): void {
    of.members += 1;
    if (of.members > MOST_MEMBERS) {
      throw new UnreadableJson(
        `an object in it has more than ${MOST_MEMBERS} members`,
      );
    }
    if (of.name !== '__proto__') {
      holder[of.name] = value;
      return;
    }
    // A member like others, as JSON.parse has it.
    const plain = { enumerable: true, configurable: true, writable: true };
    Object.defineProperty(holder, of.name, { value, ...plain });
  }

  /** Reads a text, or a piece of a long one. */
  private readText(): void {
    const { text } = this;
    const until = Math.min(text.length, this.at + PIECE);
    let at = this.at;
    let char = '';
    while (at < until) {
      char = text[at];
      if (char === '"') break;
      if (char < ' ') throw noJson();
      // An escape is read whole: a piece ends before or behind it.
      if (char !== '\\') at += 1;
      else at += text[at + 1] === 'u' ? 6 : 2;
    }
    this.begun += this.unescaped(this.at, at);
    this.at = at;
    if (char === '"' && at < until) this.endText();
  }

  private unescaped(from: number, to: number): string {
    if (from === to || this.asText) return '';
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
    if (this.asText) {
      this.endAsText(this.asText);
      return;
    }
    const inner = this.open.at(-1);
    if (inner && (this.next === 'name' || this.next === 'member')) {
      inner.name = text;
      this.next = 'colon';
    } else {
      this.put(text);
    }
  }

  private readWord(): unknown {
    const from = this.at;
    const until = Math.min(this.text.length, from + LONGEST_WORD);
    while (this.at < until && isOfWord(this.text.charCodeAt(this.at))) {
      this.at += 1;
    }
    const word = this.text.slice(from, this.at);
    const constant = constants.get(word);
    if (constant !== undefined) return constant;
    if (!number.test(word)) throw noJson();
    return Number(word);
  }
}

/** Letters, digits, `+`, `-` and `.`. */
function isOfWord(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 43 ||
    code === 45 ||
    code === 46
  );
}

function noJson(): UnreadableJson {
  return new UnreadableJson('it is no JSON');
}
