import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LogEntry } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Response } from 'express';
import { plainText } from '../airflow/logs/escapes';

type Format = 'ndjson' | 'text';

const contentTypes: Record<Format, string> = {
  ndjson: 'application/x-ndjson',
  text: 'text/plain; charset=utf-8',
};

/** Entries are handed on in pieces of about this size: one at a time would cost a system call each. */
const PIECE_LENGTH = 16 * 1024;

/** Entries wait this long at most for others to go with them, so that a log can be followed. */
const PATIENCE_MS = 200;

/** Writes a log as fast as the reader takes it, holding one piece at a time. */
export async function writeLog(
  entries: AsyncIterable<LogEntry>,
  format: Format,
  response: Response,
  readerGone: AbortSignal,
): Promise<void> {
  response.type(contentTypes[format]);
  // A proxy must not hold back what is to be read as it comes.
  response.set({ 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  try {
    await pipeline(Readable.from(pieces(entries, format)), response);
  } catch (error) {
    if (!readerGone.aborted) throw error;
  }
}

async function* pieces(
  entries: AsyncIterable<LogEntry>,
  format: Format,
): AsyncGenerator<string> {
  let piece = '';
  let since = Date.now();
  for await (const entry of entries) {
    piece += format === 'text' ? toText(entry) : `${JSON.stringify(entry)}\n`;
    if (piece.length >= PIECE_LENGTH || Date.now() - since >= PATIENCE_MS) {
      yield piece;
      piece = '';
      since = Date.now();
    }
  }
  if (piece) yield piece;
}

function toText(entry: LogEntry): string {
  switch (entry.kind) {
    case 'line': {
      const { time, wallClock, level, source, text } = entry;
      const prefix = [time ?? wallClock, level?.toUpperCase(), source];
      const before = prefix.filter(Boolean).join('] [');
      // In a file colours are no more than noise.
      return `${before && `[${before}] `}${plainText(text)}\n`;
    }
    case 'group-start':
      return `::group::${entry.title}\n`;
    case 'group-end':
      return '::endgroup::\n';
    case 'gap':
      return `*** ${entry.entries} entries were left out\n`;
    default:
      return `*** ${entry.text}\n`;
  }
}
