import {
  prettyJson,
  type TaskValue,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { readJson } from '../http';

/** So many characters of JSON at most make one that is shown: what more there are is space. */
const SPACE_TIMES = 8;

/**
 * A value of a task for a person to read, cut to about `most` characters.
 *
 * @param json - as Airflow wrote it
 */
export async function taskValue(
  json: string,
  most: number,
): Promise<TaskValue> {
  const isJson = !json.startsWith('"');
  const read = json.slice(0, most * SPACE_TIMES);
  const text = isJson ? prettyJson(read, most) : String(await readJson(json));
  const isCut = text.length > most || (isJson && read.length < json.length);
  return {
    text: isCut ? text.slice(0, most) : text,
    isJson,
    length: isJson ? json.length : text.length,
    isCut,
  };
}
