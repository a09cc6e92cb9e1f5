import type { DagParam } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';

const confSchema = z.record(z.string(), z.unknown());

/** Reads what somebody typed as conf; nothing typed is an empty conf. */
export function readConf(
  text: string,
): { conf: Record<string, unknown> } | { error: string } {
  if (text.trim() === '') return { conf: {} };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      error: `This is not JSON: ${error instanceof Error ? error.message : ''}`,
    };
  }
  const read = confSchema.safeParse(value);
  return read.success && !Array.isArray(value)
    ? { conf: read.data }
    : { error: 'The configuration must be a JSON object: { "name": value }' };
}

/** The type of a param in words, from its JSON schema: `string`, `integer, null`, `one of a, b`. */
export function paramType({ schema }: DagParam): string {
  const { enum: choices, type } = schema;
  if (Array.isArray(choices)) return `one of ${choices.join(', ')}`;
  const types = [type].flat().filter(Boolean).join(', ');
  return types || 'any';
}
