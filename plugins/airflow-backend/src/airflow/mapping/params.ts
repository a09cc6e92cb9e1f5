import {
  membersOf,
  type DagParam,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { parseJson } from '../http';
import { jsonText } from './fields';

/**
 * The `params` of a DAG's details as the text that they are written in, the same in both versions; a plain value stands
 * for a param without schema.
 */
export const params = jsonText.transform((text): DagParam[] =>
  [...membersOf(text ?? '{}')].map(([name, raw]) => {
    const { value, description, schema } = Object.fromEntries(membersOf(raw));
    if (value === undefined) {
      return { name, value: raw, description: null, schema: '{}' };
    }
    const words = description && parseJson(description);
    return {
      name,
      value,
      description: typeof words === 'string' ? words : null,
      schema: schema?.startsWith('{') ? schema : '{}',
    };
  }),
);
