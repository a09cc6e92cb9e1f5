import { LongWork } from '../../eventLoop';
import { JsonReader } from './JsonReader';

/** So much is read before others may have their turn. */
const PIECE = 16 * 1024;

/**
 * Reads JSON as Airflow writes it, of which there is so little that nobody waits meanwhile.
 *
 * @throws UnreadableJson
 */
export function parseJson(text: string): unknown {
  const reader = new JsonReader(text);
  reader.advance(text.length);
  return reader.value;
}

/**
 * Reads JSON as Airflow writes it, however much there is, while others have their turns.
 *
 * @param exact - members whose values are given as the text that they are written in
 * @throws UnreadableJson
 */
export async function readJson(
  text: string,
  exact: readonly string[] = [],
): Promise<unknown> {
  const reader = new JsonReader(text, exact);
  const work = new LongWork();
  while (reader.advance(PIECE)) await work.breathe();
  return reader.value;
}
