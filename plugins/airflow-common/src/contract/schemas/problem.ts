import {
  problemCodes,
  type Problem,
  type ProblemCode,
  type ProblemResponse,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';
import { instantSchema } from './time';

/** Reads a `ProblemCode`. @public */
export const problemCodeSchema: Schema<ProblemCode> = schemaOf(
  z.enum(problemCodes),
);

/** For schemas with more or fewer members. */
const problemObject = z.object({
  code: problemCodeSchema,
  message: z.string(),
  hint: z.string().optional(),
  cluster: z.string().optional(),
  attempted: z.string().optional(),
  retryAt: instantSchema.optional(),
  field: z.string().optional(),
});

/** Reads a `Problem`. @public */
export const problemSchema: Schema<Problem> = schemaOf(problemObject);

/** Reads a `ProblemResponse`. @public */
export const problemResponseSchema: Schema<ProblemResponse> = schemaOf(
  problemObject.extend({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
  }),
);
