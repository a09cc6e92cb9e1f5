import type { TaskValue } from '@airflow-fleet/backstage-plugin-airflow-common';
import { parseJson, prettyJson } from '../http';

/**
 * A value of a task for a person to read, cut to about `most` characters.
 *
 * @param json - as Airflow wrote it
 */
export function taskValue(json: string, most: number): TaskValue {
  const isJson = !json.startsWith('"');
  const text = isJson ? prettyJson(json, most) : String(parseJson(json));
  const isCut = text.length > most;
  return {
    text: isCut ? text.slice(0, most) : text,
    isJson,
    length: isJson ? json.length : text.length,
    isCut,
  };
}
