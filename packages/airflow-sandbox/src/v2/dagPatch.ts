import { z } from 'zod';
import { readBody } from './body';
import { badRequest } from './errors';
import { V2Context } from './route';

const patchBody = z.strictObject({ is_paused: z.boolean() });

/** Whether a DAG is to be paused, which is all that can be changed of one. */
export function readPatch(context: V2Context): boolean {
  const mask = context.query.list('update_mask');
  const { is_paused: paused } = readBody(patchBody, context.body);
  if (mask && (mask.length > 1 || mask[0] !== 'is_paused')) {
    throw badRequest(
      'Only `is_paused` field can be updated through the REST API',
    );
  }
  return paused;
}
