import { LongWork } from '../../eventLoop';
import { ShortJson } from './shortJson';

/** So much of an object is taken at once. */
const PIECE = 32 * 1024;
/** A longer line is cut, so that memory stays bounded whatever a task prints. */
const LONGEST_LINE = 256 * 1024;
/** So much of one that writes over itself, as progress bars do, tells who speaks. */
const LONGEST_BEGINNING = 1024;

/** A line as far as it has come. One of JSON stays JSON when it is cut. */
class Line {
  private held = '';
  private cut = 0;
  private json: ShortJson | undefined;
  /** What the object has still to take. */
  private toTake = '';
  /** A return, which is of the line only when more of it comes. */
  private pending = '';

  push(piece: string): void {
    const come = this.pending + piece;
    this.pending = come.endsWith('\r') ? '\r' : '';
    this.take(come.slice(0, come.length - this.pending.length));
  }

  private take(piece: string): void {
    if (this.json) {
      this.toTake += piece;
      return;
    }
    if (this.cut > 0 && !piece.includes('\r')) {
      this.cut += piece.length;
      return;
    }
    this.held += piece;
    if (this.held.length <= LONGEST_LINE) return;
    if (this.held.startsWith('{')) {
      this.json = new ShortJson();
      this.toTake = this.held;
      this.held = '';
      return;
    }
    this.held = withoutOverwritten(this.held);
    this.cut += Math.max(0, this.held.length - LONGEST_LINE);
    this.held = this.held.slice(0, LONGEST_LINE);
  }

  /** Works on what was pushed, while others have their turns. */
  async settle(work: LongWork): Promise<void> {
    while (this.toTake !== '') {
      this.json?.push(this.toTake.slice(0, PIECE));
      this.toTake = this.toTake.slice(PIECE);
      await work.breathe();
    }
    await work.breathe();
  }

  /** To be read once it is settled. */
  get text(): string {
    const text = this.json?.text ?? this.held;
    return this.cut > 0 ? `${text} … (${this.cut} more characters)` : text;
  }
}

function withoutOverwritten(line: string): string {
  const first = line.indexOf('\r');
  const last = line.lastIndexOf('\r');
  if (first === last) return line;
  return line.slice(0, Math.min(first, LONGEST_BEGINNING)) + line.slice(last);
}

/**
 * Cuts a stream of bytes into lines, holding one line at a time. Whatever is done with each of them, others have their
 * turns in between.
 */
export async function* linesOf(
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const work = new LongWork();
  let line = new Line();
  for await (const bytes of stream) {
    const [first, ...rest] = decoder
      .decode(bytes, { stream: true })
      .split('\n');
    line.push(first);
    for (const next of rest) {
      await line.settle(work);
      yield line.text;
      line = new Line();
      line.push(next);
    }
    await line.settle(work);
  }
  line.push(decoder.decode());
  await line.settle(work);
  if (line.text !== '') yield line.text;
}
