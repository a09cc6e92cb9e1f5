import { z } from 'zod';
import { AirflowError } from '../errors';
import type { Answer } from '../transport';
import type { Asked } from './answers';
import { tryJson, type JsonRead } from './json';
import { inWords } from './words';

function invalid(
  asked: Asked,
  what: string,
  httpStatus: number,
  cause: unknown,
): AirflowError {
  return new AirflowError({
    code: 'invalid-response',
    cluster: asked.cluster,
    attempted: asked.attempted,
    message: `Cluster ${asked.cluster} gave an answer that cannot be read: ${what}`,
    hint: 'It may be cut short or changed on its way, or this Airflow version is not supported yet',
    httpStatus,
    cause,
  });
}

/** Reads a good answer; what is not as expected is named, what is new is left aside. */
export async function readAnswer<T>(
  { status, body }: Answer,
  schema: z.ZodType<T>,
  asked: Asked,
): Promise<T> {
  return checkAnswer(await tryJson(body), status, schema, asked);
}

/** As {@link readAnswer}, where its JSON has been read. */
export async function checkAnswer<T>(
  read: JsonRead,
  status: number,
  schema: z.ZodType<T>,
  asked: Asked,
): Promise<T> {
  if ('unreadable' in read) {
    throw invalid(asked, read.unreadable, status, undefined);
  }
  const result = await schema.safeParseAsync(read.json, inWords);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue.path.join('.') || 'the answer';
  throw invalid(asked, `${field}: ${issue.message}`, status, result.error);
}
