import { anything, type Wanted } from './wanted';

/** Python gives up before, and so no Airflow can have written it. */
export const DEEPEST = 1_000;
/** More than any page of a list, or the longest answer that has no pages, is made of. */
const MOST_VALUES = 1_000_000;
/** Of one object, which is then checked whole. */
const MOST_MEMBERS = 50_000;

/** Some text is not JSON that can be read. The message quotes nothing of it, which may be secret. */
export class UnreadableJson extends Error {
  readonly name = 'UnreadableJson';
}

export function noJson(): UnreadableJson {
  return new UnreadableJson('it is no JSON');
}

export function tooDeep(): UnreadableJson {
  return new UnreadableJson(`it is nested deeper than ${DEEPEST} levels`);
}

/** A list or an object that has begun; of an object with the name of the member that is to come. */
interface Open {
  readonly holder: unknown[] | Record<string, unknown>;
  readonly wanted: Wanted;
  name: string;
  members: number;
}

/** The values of a JSON text, put together one after the other. Their depth and their number are bounded. */
export class JsonValues {
  private readonly open: Open[] = [];
  private count = 0;
  private whole: unknown;

  constructor(private readonly wantedAtAll: Wanted = anything) {}

  /** The outermost, once it has been put. */
  get outermost(): unknown {
    return this.whole;
  }

  /** What is open, and is gone on with. */
  get within(): 'list' | 'object' | undefined {
    const inner = this.open.at(-1);
    if (!inner) return undefined;
    return Array.isArray(inner.holder) ? 'list' : 'object';
  }

  begin(kind: 'list' | 'object'): void {
    if (this.open.length === DEEPEST) throw tooDeep();
    const holder = kind === 'list' ? [] : {};
    const wanted = this.wanted ?? anything;
    this.open.push({ holder, wanted, name: '', members: 0 });
  }

  close(kind: 'list' | 'object'): void {
    if (this.within !== kind) throw noJson();
    this.put(this.open.pop()?.holder);
  }

  /** What is wanted of the next value; undefined where nobody reads it. */
  get wanted(): Wanted | undefined {
    const inner = this.open.at(-1);
    if (!inner) return this.wantedAtAll;
    const { members, items = anything } = inner.wanted;
    if (Array.isArray(inner.holder)) return items;
    return members ? members.get(inner.name) : anything;
  }

  /** What the next value of the object is called. */
  get name(): string {
    return this.open.at(-1)?.name ?? '';
  }

  set name(name: string) {
    const inner = this.open.at(-1);
    if (inner) inner.name = name;
  }

  /** Takes a value that has been read to its end. */
  put(value: unknown): void {
    this.count += 1;
    if (this.count > MOST_VALUES) {
      throw new UnreadableJson(`it holds more than ${MOST_VALUES} values`);
    }
    const inner = this.open.at(-1);
    if (!inner) this.whole = value;
    else if (Array.isArray(inner.holder))
      this.putItem(inner, inner.holder, value);
    else putMember(inner, inner.holder, value);
  }

  private putItem({ wanted }: Open, holder: unknown[], value: unknown): void {
    holder.push(value);
    const { mostItems = Infinity } = wanted;
    if (holder.length <= mostItems) return;
    const name = this.open.at(-2)?.name ?? 'the answer';
    throw new UnreadableJson(`${name}: more than ${mostItems} rows`);
  }
}

function putMember(
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
