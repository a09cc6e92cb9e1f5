/** A text of the event itself is cut here, one further in here, and a list or an object here. */
const LONGEST_TEXT = 200_000;
const LONGEST_INNER_TEXT = 16_000;
const LONGEST_MEMBER = 64_000;
/** Nothing beyond this is kept, whatever it is made of. */
const LONGEST = 400_000;

/**
 * Takes an object in JSON piece by piece, and keeps an object with the same members that is not longer than memory
 * allows: long texts in it are cut, and so are long lists. Each character is looked at once.
 */
export class ShortJson {
  private kept = '';
  /** What closes the lists and objects that are open, the innermost last. */
  private readonly closers: string[] = [];
  private isInText = false;
  /** Characters of an escape that are still to come. */
  private escape = 0;
  private textLength = 0;
  private textCut = 0;
  /** How long what is kept was where the member began that is being read. */
  private memberAt = 0;
  private isLeavingOut = false;
  private isFull = false;

  push(piece: string): void {
    for (let at = 0; at < piece.length && !this.isFull; ) {
      const end = this.isInText && this.escape === 0 ? runEnd(piece, at) : at;
      if (end > at) this.readRun(piece.slice(at, end));
      else if (this.isInText) this.readText(piece[at]);
      else this.readOther(piece[at]);
      at = Math.max(end, at + 1);
      if (this.kept.length > LONGEST) this.close();
    }
  }

  get text(): string {
    return this.kept;
  }

  private keep(text: string): void {
    if (!this.isLeavingOut) this.kept += text;
  }

  /** Reads what neither ends a text nor begins an escape. */
  private readRun(run: string): void {
    const left = Math.max(0, this.longestText - this.textLength);
    this.keep(run.slice(0, left));
    this.textCut += Math.max(0, run.length - left);
    this.textLength += run.length;
  }

  private get longestText(): number {
    return this.closers.length > 1 ? LONGEST_INNER_TEXT : LONGEST_TEXT;
  }

  private readText(character: string): void {
    if (character === '"' && this.escape === 0) {
      this.isInText = false;
      if (this.textCut > 0) this.keep(` … (${this.textCut} more characters)`);
      this.keep('"');
      return;
    }
    // An escape is kept whole or not at all.
    const isWithin = this.escape > 0 && this.textCut === 0;
    if (isWithin || this.textLength < this.longestText) this.keep(character);
    else this.textCut += 1;
    this.textLength += 1;
    if (this.escape === 1 && character === 'u') this.escape = 4 + 1;
    else if (this.escape === 0 && character === '\\') this.escape = 1 + 1;
    if (this.escape > 0) this.escape -= 1;
  }

  private readOther(character: string): void {
    if (character === '"') {
      this.isInText = true;
      this.textLength = 0;
      this.textCut = 0;
    } else if (character === '{' || character === '[') {
      this.closers.push(character === '{' ? '}' : ']');
    } else if (character === '}' || character === ']') {
      this.closers.pop();
      if (this.isLeavingOut && this.closers.length === 1) {
        this.isLeavingOut = false;
        return;
      }
    } else if (character === ',') {
      this.readComma();
    }
    this.keep(character);
  }

  private readComma(): void {
    if (this.closers.length === 1) {
      this.memberAt = this.kept.length;
    } else if (
      !this.isLeavingOut &&
      this.kept.length - this.memberAt > LONGEST_MEMBER
    ) {
      this.keep(this.closers.slice(1).reverse().join(''));
      this.isLeavingOut = true;
    }
  }

  /** Ends it with the last member that is whole. */
  private close(): void {
    this.isFull = true;
    if (this.memberAt > 0) this.kept = `${this.kept.slice(0, this.memberAt)}}`;
  }
}

/** Where a quote or an escape follows, or the piece ends. */
function runEnd(piece: string, from: number): number {
  let at = from;
  while (at < piece.length && piece[at] !== '"' && piece[at] !== '\\') at += 1;
  return at;
}
