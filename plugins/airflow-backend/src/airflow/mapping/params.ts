import type { DagParam } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';

const param = z.looseObject({
  value: z.unknown(),
  description: z.string().nullish(),
  schema: z.record(z.string(), z.unknown()).nullish(),
});

/** The `params` of a DAG's details, the same in both versions; a plain value stands for a param without schema. */
export const params = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((body): DagParam[] =>
    Object.entries(body ?? {}).map(([name, told]) => {
      const read = param.safeParse(told);
      if (!read.success || !('value' in read.data)) {
        return { name, value: told, description: null, schema: {} };
      }
      const { value, description, schema } = read.data;
      return {
        name,
        value,
        description: description ?? null,
        schema: schema ?? {},
      };
    }),
  );
