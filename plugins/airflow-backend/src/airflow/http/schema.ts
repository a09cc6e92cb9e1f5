import { z } from 'zod';
import { AirflowError } from '../errors';
import type { Answer } from '../transport';
import type { Asked } from './answers';
import { parseJson } from './json';

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

/** Reads a good answer; what is not as expected is named, what is new is left aside. */
export function readAnswer<T>(
  answer: Answer,
  schema: z.ZodType<T>,
  asked: Asked,
): T {
  let json: unknown;
  try {
    json = parseJson(answer.body);
  } catch (error) {
    // The parser quotes what it read, which may be secret, so its error is not passed on.
    throw invalid(asked, 'it is no JSON', answer, undefined);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue.path.join('.') || 'the answer';
  throw invalid(asked, `${field}: ${issue.message}`, answer, result.error);
}
