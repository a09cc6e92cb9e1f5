import { unsendableIn } from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';

/**
 * Any JSON object of a body. It travels as `JsonText`, so that it arrives digit for digit; where the endpoint names
 * it as exact, an object is taken as well. What no Airflow can be sent is refused by its name.
 *
 * @public
 */
export const jsonObjectSchema = z
  .string()
  .superRefine((text, context) => {
    const found = unsendableIn(text);
    if (found || !isObject(text)) {
      context.addIssue({
        code: 'custom',
        path: [...(found?.path ?? [])],
        message: found?.why ?? 'is no JSON object: { "name": value }',
      });
    }
  })
  .meta({ description: 'A JSON object as text; an object is taken as well' });

function isObject(text: string): boolean {
  try {
    JSON.parse(text);
    return /^\s*\{/.test(text);
  } catch {
    return false;
  }
}
