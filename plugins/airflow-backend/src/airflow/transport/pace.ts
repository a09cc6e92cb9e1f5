import { setTimeout } from 'node:timers/promises';

/** How fast and for how long a stream is read. */
export interface Pace {
  /** So much comes as fast as it is sent and taken. */
  fullSpeedBytes: number;
  /** What is beyond comes no faster. */
  bytesPerSecond: number;
  longestMs: number;
}

/** A log as large as they come is read at once, and one that does not end costs neither a core nor its place for ever. */
export const logPace: Pace = {
  fullSpeedBytes: 256 * 1024 * 1024,
  bytesPerSecond: 2 * 1024 * 1024,
  longestMs: 60 * 60_000,
};

/** Hands a stream on at a pace. @throws what `tooLong` gives once it took too long */
export async function* paced(
  chunks: AsyncIterable<Uint8Array>,
  pace: Pace,
  options: { signal?: AbortSignal; tooLong: () => Error },
): AsyncGenerator<Uint8Array> {
  const begunMs = Date.now();
  let bytes = 0;
  let slowedMs: number | undefined;
  for await (const chunk of chunks) {
    yield chunk;
    if (Date.now() - begunMs >= pace.longestMs) throw options.tooLong();
    bytes += chunk.length;
    const beyond = bytes - pace.fullSpeedBytes;
    if (beyond <= 0) continue;
    slowedMs ??= Date.now();
    const dueMs = slowedMs + (beyond / pace.bytesPerSecond) * 1_000;
    const waitMs = dueMs - Date.now();
    if (waitMs > 0) await setTimeout(waitMs, undefined, options);
  }
}
