import { alertRuleTypes } from '@airflow-fleet/backstage-plugin-airflow-common';
import { ConfigReader } from '@backstage/config';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readAirflowConfig } from './readAirflowConfig';

const document = readFileSync(
  resolve(__dirname, '../../../../docs/alerts.md'),
  'utf8',
);

/** The cells of the table of rules, by type. */
const [, section] = document.split('## Rules\n');
const said = new Map(
  section
    .split('\n## ')[0]
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .map(line => line.split('|').map(cell => cell.trim().replaceAll('`', '')))
    .map(([, type, , threshold, severity, after]) => [
      type,
      { threshold, severity, after },
    ]),
);

const { rules } = readAirflowConfig(
  new ConfigReader({
    app: { baseUrl: 'http://portal' },
    airflow: {
      clusters: [],
      alerts: {
        rules: alertRuleTypes.map(type => ({
          name: type,
          type,
          ...(type === 'no-success' && { within: '26h' }),
        })),
      },
    },
  }),
).alerts;

it('has a row for each type of rule', () => {
  expect([...said.keys()].sort()).toEqual([...alertRuleTypes].sort());
});

const units: [name: string, ms: number][] = [
  ['h', 3_600_000],
  ['m', 60_000],
];

/** How the document writes a threshold: a number, or a duration in its largest whole unit. */
function written(key: string, value: unknown): string {
  if (typeof value !== 'number') throw new Error(`${key} is no number`);
  const name = key.replace(/Ms$/, '');
  if (name === key) return `${name}: ${value}`;
  const [unit, ms] = units.find(([, length]) => value % length === 0) ?? [];
  return `${name}: ${value / (ms ?? 1)}${unit}`;
}

describe('says of the rule', () => {
  it.each(rules.map(rule => [rule.type, rule] as const))(
    '%s what it is unless set',
    (type, { name, severity, forMs, scope, type: _, ...thresholds }) => {
      const row = said.get(type);
      expect(row?.severity.split(/[;,]/)[0]).toBe(severity);
      const minutes = forMs / 60_000;
      expect(row?.after).toBe(minutes === 0 ? 'at once' : `${minutes} min`);
      const defaults = Object.entries(thresholds).map(([key, value]) =>
        // How long a success may be missing is said by whoever writes the rule.
        type === 'no-success' ? 'within' : written(key, value),
      );
      for (const one of defaults) expect(row?.threshold).toContain(one);
    },
  );
});
