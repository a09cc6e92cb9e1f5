import { pipeline, type Readable } from 'node:stream';
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

/** The body as it was before compression. Its end, or its leaving, releases the connection. */
export function decoded(body: Readable, encoding: string | undefined) {
  const decoder = decompressor(encoding);
  if (!decoder) return body;
  // The error reaches whoever reads the last stream; the callback only keeps it from being thrown twice.
  return pipeline(body, decoder, () => {});
}

/** Reads a whole body as text, refusing to hold more than the limit. */
export async function readText(
  body: Readable,
  maxBytes: number,
  attempt: Attempt,
): Promise<string> {
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) throw tooLargeFault(attempt, maxBytes);
    pieces.push(decoder.decode(bytes, { stream: true }));
  }
  pieces.push(decoder.decode());
  return pieces.join('');
}
