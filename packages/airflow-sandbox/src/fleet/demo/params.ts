import { ParamDefinition } from '../types';

/** One param of each kind that Airflow's trigger form knows. */
export function everyKindOfParam(): Record<string, ParamDefinition> {
  return {
    text: {
      value: 'hello',
      description: 'Any text',
      schema: { type: 'string', minLength: 1, maxLength: 40 },
    },
    number: {
      value: 10,
      description: 'Between 1 and 100',
      schema: { type: 'integer', minimum: 1, maximum: 100 },
    },
    ratio: { value: 0.5, schema: { type: 'number', minimum: 0, maximum: 1 } },
    flag: { value: true, schema: { type: 'boolean', title: 'Dry run' } },
    choice: {
      value: 'blue',
      schema: { type: 'string', enum: ['blue', 'green', 'red'] },
    },
    day: {
      value: '2026-01-31',
      schema: { type: 'string', format: 'date', title: 'Business day' },
    },
    moment: {
      value: '2026-01-31T12:00:00+00:00',
      schema: { type: 'string', format: 'date-time' },
    },
    list: {
      value: ['one', 'two'],
      schema: { type: 'array', items: { type: 'string' } },
    },
    tables: {
      value: ['orders'],
      schema: { type: 'array', examples: ['orders', 'refunds', 'customers'] },
    },
    settings: {
      value: { batch: 500 },
      schema: { type: ['object', 'null'] },
    },
    optional: { value: null, schema: { type: ['null', 'string'] } },
    multiline: {
      value: 'select 1',
      schema: { type: 'string', format: 'multiline', section: 'Advanced' },
    },
  };
}
