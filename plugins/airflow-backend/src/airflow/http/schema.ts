import { z } from 'zod';
import { AirflowError } from '../errors';
import type { Answer } from '../transport';
import type { Asked } from './answers';
import { readJson } from './json';
import { UnreadableJson } from './JsonReader';
import { inWords } from './words';

function invalid(
  asked: Asked,
  what: string,
  answer: Answer,
  cause: unknown,
): AirflowError {
  return new AirflowError({
    code: 'invalid-response',
    cluster: asked.cluster,
    attempted: asked.attempted,
    message: `Cluster ${asked.cluster} gave an answer that cannot be read: ${what}`,
    hint: 'It may be cut short or changed on its way, or this Airflow version is not supported yet',
    httpStatus: answer.status,
    cause,
  });
}

/**
 * Reads a good answer; what is not as expected is named, what is new is left aside.
 *
 * @param exact - members that are read as the text that they are written in
 */
export async function readAnswer<T>(
  answer: Answer,
  schema: z.ZodType<T>,
  asked: Asked,
  exact: readonly string[] = [],
): Promise<T> {
  const json = await readJson(answer.body, exact).catch(error => {
    throw error instanceof UnreadableJson
      ? invalid(asked, error.message, answer, undefined)
      : error;
  });
  const result = await schema.safeParseAsync(json, inWords);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue.path.join('.') || 'the answer';
  throw invalid(asked, `${field}: ${issue.message}`, answer, result.error);
}
