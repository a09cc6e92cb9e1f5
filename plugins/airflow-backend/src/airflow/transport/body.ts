import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { tooLargeFault, type Attempt } from './faults';

function decompressor(encoding: string | undefined) {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}

/**
 * So many bytes of an answer are held for whoever reads it slowly, and as many again by undici. Until undici 8, one that
 * is held up when its connection closes ends in an error that nobody can catch (nodejs/undici#5360), and Airflow 2
 * closes each.
 */
export const MOST_AHEAD = 16 * 1024 * 1024;

/** The body as it was before compression, in the pieces that it came in. Its end, or its leaving, releases the connection. */
export function decoded(
  body: Readable,
  encoding: string | undefined,
): Readable {
  const pieces = new PassThrough({
    // Of bytes, all that has come meanwhile is given as one to whoever reads slowly, which may be many MB.
    readableObjectMode: true,
    writableHighWaterMark: MOST_AHEAD,
  });
  // The error reaches whoever reads the last stream; the callback only keeps it from being thrown twice.
  const heard = () => {};
  const decoder = decompressor(encoding);
  return decoder
    ? pipeline(body, decoder, pieces, heard)
    : pipeline(body, pieces, heard);
}

/** A body as text, piece by piece as it arrives; one that is longer than the limit is left there. */
export async function* textOf(
  body: Readable,
  maxBytes: number,
  attempt: Attempt,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) throw tooLargeFault(attempt, maxBytes);
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}

/** All of a text that comes in pieces. */
export async function whole(pieces: AsyncIterable<string>): Promise<string> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all.join('');
}
