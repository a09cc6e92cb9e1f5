import { LongWork } from '../../eventLoop';
import { JsonReader, type JsonReading } from './JsonReader';
import { UnreadableJson } from './JsonValues';

/** So much is read before others may have their turn. */
const PIECE = 16 * 1024;
/** As it would arrive, of which a text is read at once. */
const ARRIVAL = 64 * 1024;

/**
 * Reads JSON as Airflow writes it, of which there is so little that nobody waits meanwhile.
 *
 * @throws UnreadableJson
 */
export function parseJson(text: string): unknown {
  const reader = new JsonReader();
  reader.feed(text);
  reader.end();
  reader.advance(text.length);
  return reader.value;
}

/**
 * Reads JSON as Airflow writes it, however much there is, while others have their turns. What arrives in pieces is read
 * as it does, and left where it cannot be.
 *
 * @throws UnreadableJson
 */
export async function readJson(
  text: string | AsyncIterable<string>,
  how: JsonReading = {},
): Promise<unknown> {
  const reader = new JsonReader(how);
  const work = new LongWork();
  for await (const piece of typeof text === 'string' ? inPieces(text) : text) {
    reader.feed(piece);
    while (reader.advance(PIECE)) await work.breathe();
  }
  reader.end();
  while (reader.advance(PIECE)) await work.breathe();
  return reader.value;
}

function* inPieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += ARRIVAL) {
    yield text.slice(at, at + ARRIVAL);
  }
}

/** What an answer says in JSON, or why that cannot be read. */
export type JsonRead = { json: unknown } | { unreadable: string };

/** As {@link readJson}, where it is no error that something is not JSON. */
export function tryJson(
  ...given: Parameters<typeof readJson>
): Promise<JsonRead> {
  return readJson(...given).then(
    json => ({ json }),
    error => {
      if (error instanceof UnreadableJson) return { unreadable: error.message };
      throw error;
    },
  );
}
