import { Response } from 'express';
import { once } from 'events';

const CHUNK = 64 * 1024;

/** Waits until a slow reader has caught up, or has gone. */
export async function drained(response: Response): Promise<void> {
  const other = new AbortController();
  const { signal } = other;
  await Promise.race([
    once(response, 'drain', { signal }),
    once(response, 'close', { signal }),
  ]);
  other.abort();
}

/** Sends lines as they are made, waiting whenever the reader is slower. */
export async function pipeLines(
  response: Response,
  first: IteratorResult<string>,
  lines: Iterator<string>,
): Promise<void> {
  const parts: string[] = [];
  let size = 0;
  for (let step = first; !step.done; step = lines.next()) {
    parts.push(step.value, '\n');
    size += step.value.length + 1;
    if (size >= CHUNK) {
      if (response.destroyed) return;
      const flushed = response.write(parts.join(''));
      parts.length = 0;
      size = 0;
      if (!flushed) {
        await drained(response);
      }
      // Other requests get their turn between chunks.
      await new Promise(resolve => setImmediate(resolve));
    }
  }
  response.end(parts.join(''));
}
