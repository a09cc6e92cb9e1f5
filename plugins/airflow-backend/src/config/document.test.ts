import { ConfigReader } from '@backstage/config';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { airflowSchema, readAirflowConfig } from './readAirflowConfig';

const repository = resolve(__dirname, '../../../..');
const read = (file: string) => readFileSync(resolve(repository, file), 'utf8');
const document = read('docs/configuration.md');

/** Every key that is read, such as `clusters.limits.timeout`; lists and alternatives count as what they hold. */
function keysOf(schema: z.core.JSONSchema.BaseSchema, at = ''): string[] {
  const parts = [
    schema.items,
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
  ];
  const within = parts.flatMap(part =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? keysOf(part, at)
      : [],
  );
  const own = Object.entries(schema.properties ?? {}).flatMap(
    ([name, value]) => {
      const key = at ? `${at}.${name}` : name;
      return typeof value === 'object' ? [key, ...keysOf(value, key)] : [key];
    },
  );
  return [...own, ...within];
}

/** The keys of a text in which what is within a key stands farther right than the key. */
function keysByIndent(text: string, key: RegExp): string[] {
  const above: { indent: number; name: string }[] = [];
  return text.split('\n').flatMap(line => {
    const found = key.exec(line);
    if (!found) return [];
    const indent = found[1].length;
    while (above.length > 0 && above[above.length - 1].indent >= indent) {
      above.pop();
    }
    above.push({ indent, name: found[2] });
    return [above.map(({ name }) => name).join('.')];
  });
}

const sorted = (keys: string[]) => [...new Set(keys)].sort();

const known = sorted(
  keysOf(
    z.toJSONSchema(airflowSchema, { io: 'input', unrepresentable: 'any' }),
  ),
);
// The keys of a way of signing in are read by its strategy.
const ofAuth = [
  'username',
  'password',
  'token',
  'headers',
  'tokenUrl',
  'clientId',
  'clientSecret',
  'scope',
].map(key => `clusters.auth.${key}`);
const whole = sorted([...known, ...ofAuth]);

it('has every key in its schema, for backend and frontend', () => {
  const declared = ['airflow-backend', 'airflow-common'].flatMap(name =>
    keysByIndent(read(`plugins/${name}/config.d.ts`), /^( +)(\w+)\??:(?: |$)/),
  );
  const within = declared.flatMap(
    key => key.match(/^airflow\.(.+)/)?.[1] ?? [],
  );
  expect(sorted(within)).toEqual(whole);
});

it('lets browsers know where the pages are, and nothing else', () => {
  const shown = ['airflow-backend', 'airflow-common'].flatMap(name =>
    [
      ...read(`plugins/${name}/config.d.ts`).matchAll(
        /@(?:deepV|v)isibility frontend\s+\*\/\s+(\w+)/g,
      ),
    ].map(([, key]) => key),
  );
  expect(shown).toEqual(['path']);
});

it('shows every key in the whole of it', () => {
  const [, yaml] =
    /## The whole of it[^]*?```yaml\n([^]*?)```/.exec(document) ?? [];
  const shown = keysByIndent(
    // What is in the first line of an item stands as far right as its other lines.
    yaml.replace(/^( *)- (?=\w+:)/gm, '$1  '),
    /^( +)(\w+):/,
  );
  const examples = ['ownership.airflowOwners.payments'];
  expect(
    sorted(shown.map(key => key.replace(/^airflow\./, ''))).filter(
      key => !examples.includes(key),
    ),
  ).toEqual(whole);
});

describe('says of each key that it explains', () => {
  const config = readAirflowConfig(
    new ConfigReader({
      app: { baseUrl: 'http://portal' },
      airflow: {
        clusters: [
          { name: 'a', baseUrl: 'http://a.example', auth: { type: 'none' } },
        ],
      },
    }),
  );
  const [{ limits, readOnly, tags }] = config.clusters;
  const { intervalsMs, retentionMs } = config;
  const seconds = (ms: number) => `${ms / 1_000} seconds`;
  const minutes = (ms: number) => `${ms / 60_000} minutes`;
  const days = (ms: number) => `${ms / 86_400_000} days`;

  const defaults: Record<string, string> = {
    readOnly: `\`${readOnly}\``,
    tags: `\`${JSON.stringify(tags)}\``,
    'limits.maxInFlight': String(limits.maxInFlight),
    'limits.requestsPerMinute': String(limits.requestsPerMinute),
    'limits.timeout': seconds(limits.timeoutMs),
    'limits.maxResponseBytes': `${limits.maxResponseBytes} (32 MiB)`,
    'intervals.health': seconds(intervalsMs.health),
    'intervals.inventory': minutes(intervalsMs.inventory),
    'intervals.runs': seconds(intervalsMs.runs),
    history: days(config.historyMs),
    'retention.runs': days(retentionMs.runs),
    'retention.healthSamples': days(retentionMs.healthSamples),
    'retention.alerts': days(retentionMs.alerts),
    'retention.actions': days(retentionMs.actions),
    'retention.gone': days(retentionMs.gone),
    'links.path': `\`${config.links.paths.overview}\``,
  };

  it.each(Object.entries(defaults))('what %s is unless set', (key, value) => {
    const row = document
      .split('\n')
      .find(line => line.startsWith(`| \`${key}\` `));
    const [, , , said] = row?.split('|') ?? [];
    expect(said?.trim()).toBe(value);
  });
});
