import {
  alertRuleTypes,
  componentNames,
  type AlertRuleType,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { ruleTypes } from '../rules';
import type { Cause } from '../rules/ruleType';

/** A key of a kind of rule in the configuration. */
interface Key {
  name: string;
  isDuration: boolean;
  unlessSet: unknown;
  meaning: string;
}

/** What a schema takes, with what it is unless given, be that read from something else. */
export function inputOf(schema: z.ZodType) {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema: { _zod }, jsonSchema }) => {
      if (_zod.def.type === 'default')
        jsonSchema.default = _zod.def.defaultValue;
    },
  });
}

function keysOf(type: AlertRuleType): Map<string, Key> {
  const { properties = {} } = inputOf(ruleTypes[type].schema);
  return new Map(
    Object.entries(properties).flatMap(([name, key]) =>
      typeof key === 'boolean'
        ? []
        : [
            [
              name,
              {
                name,
                isDuration: key.anyOf !== undefined,
                unlessSet: key.default,
                meaning: key.description ?? '',
              },
            ],
          ],
    ),
  );
}

const everyRules = ['name', 'type', 'severity', 'for', 'scope'];

/** The keys that not every rule has. */
function thresholdsOf(type: AlertRuleType): Key[] {
  return [...keysOf(type).values()].filter(
    ({ name }) => !everyRules.includes(name),
  );
}

const unlessSet = (type: AlertRuleType, key: string) =>
  keysOf(type).get(key)?.unlessSet;

const units = [
  { ms: 3_600_000, letter: 'h', word: 'hour' },
  { ms: 60_000, letter: 'm', word: 'minute' },
  { ms: 1_000, letter: 's', word: 'second' },
];

/** In the largest unit of which it is a whole number. */
function inUnits(ms: unknown): { count: number; letter: string; word: string } {
  const unit = units.find(({ ms: whole }) => Number(ms) % whole === 0);
  if (!unit) throw new Error(`${ms} is no whole number of seconds`);
  return { ...unit, count: Number(ms) / unit.ms };
}

function inWords(ms: unknown): string {
  const { count, word } = inUnits(ms);
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

const code = (text: string) => `\`${text}\``;

const asTable = (rows: string[][]) =>
  rows.map(cells => `| ${cells.join(' | ')} |`).join('\n');

function rulesTable(): string {
  const head = [
    ...['type', 'wrong is', 'threshold', 'severity', 'fires after'],
    'proven over by',
  ];
  const rows = alertRuleTypes.map(type => {
    const { words } = ruleTypes[type];
    const severity = String(unlessSet(type, 'severity'));
    const forMs = Number(unlessSet(type, 'for'));
    return [
      code(type),
      words.wrong,
      words.threshold ?? thresholdsOf(type).map(asExample).join(', '),
      words.milder ? `${severity}; ${words.milder}` : severity,
      forMs === 0 ? 'at once' : `${forMs / 60_000} min`,
      words.over,
    ];
  });
  return asTable([head, head.map(() => '-'), ...rows]);
}

/** Such as `longerThan: 10m`. */
function asExample({ name, isDuration, unlessSet: value }: Key): string {
  if (value === undefined) return code(name);
  const { count, letter } = isDuration
    ? inUnits(value)
    : { count: value, letter: '' };
  return code(`${name}: ${count}${letter}`);
}

function causesTable(): string {
  const head = ['cause', 'inhibits'];
  const possible = alertRuleTypes.flatMap((type): Cause[] =>
    ruleTypes[type].about === 'component' ? [...componentNames] : [type],
  );
  const rows = possible.flatMap(cause => {
    const caused = alertRuleTypes.filter(type =>
      ruleTypes[type].causes.includes(cause),
    );
    return caused.length === 0
      ? []
      : [[named(cause), inhibited(cause, caused)]];
  });
  return asTable([head, head.map(() => '-'), ...rows]);
}

const isComponent = (cause: Cause): cause is (typeof componentNames)[number] =>
  componentNames.some(name => name === cause);

function named(cause: Cause): string {
  return isComponent(cause)
    ? `${code('component-unhealthy')} of the ${cause.replace('dag_', 'DAG ')}`
    : code(cause);
}

function inhibited(cause: Cause, caused: readonly AlertRuleType[]): string {
  if (caused.length === alertRuleTypes.length - 1) {
    return 'everything else of the cluster';
  }
  const all = caused.map(type =>
    ruleTypes[type].about === 'component'
      ? `${code(type)} of the others`
      : code(type),
  );
  const about = isComponent(cause) ? 'component' : ruleTypes[cause].about;
  return `${listed(all)}${
    { dag: ' of the DAG', run: ' of the DAG', 'dag-file': ' of its DAGs' }[
      String(about)
    ] ?? ''
  }`;
}

function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join()
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** Of `type`, `severity`, `for` and the thresholds of a rule. */
function ruleKeys(): string {
  const critical = alertRuleTypes.filter(
    type => unlessSet(type, 'severity') === 'critical',
  );
  const firesAfter = groupBy(alertRuleTypes, type =>
    Number(unlessSet(type, 'for')),
  );
  firesAfter.delete(0);
  const held = [...firesAfter].map(
    ([ms, types]) => `${inWords(ms)} for ${listed(types.map(code))}`,
  );
  const thresholds = groupBy(
    alertRuleTypes.flatMap(type =>
      thresholdsOf(type).map(key => ({ type, key })),
    ),
    ({ key }) => key.name,
  );
  return [
    `type:${alertRuleTypes.map(type => `\n  | '${type}'`).join('')};`,
    comment(
      `${code('critical')} for ${listed(critical.map(code))}, else ${code(
        'warning',
      )}, unless set.`,
    ),
    "severity?: 'critical' | 'warning' | 'info';",
    comment(
      `For how long it must hold before somebody is told. ${held.join(
        ', ',
      )}, else nothing, unless set.`,
    ),
    'for?: HumanDuration | string;',
    ...[...thresholds].flatMap(([name, own]) => [
      comment(own.map(({ type, key }) => asSentence(type, key)).join(' ')),
      `${name}?: ${
        own[0].key.isDuration ? 'HumanDuration | string' : 'number'
      };`,
    ]),
  ].join('\n');
}

function asSentence(
  type: AlertRuleType,
  { isDuration, unlessSet: value, meaning }: Key,
): string {
  if (value === undefined)
    return `Of ${code(type)}, which needs it: ${meaning}.`;
  return `Of ${code(type)}: ${meaning}. ${
    isDuration ? inWords(value) : value
  } unless set.`;
}

/** As the other comments of the file are broken. */
function comment(text: string): string {
  const whole = `/** ${text} */`;
  if (whole.length <= 112) return whole;
  const lines = text.match(/.{1,109}(?: |$)/g) ?? [];
  return ['/**', ...lines.map(line => ` * ${line.trim()}`), ' */'].join('\n');
}

function groupBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  }
  return groups;
}

/** What is said of rules elsewhere, each between two marks. */
export const parts = [
  { file: 'docs/alerts.md', name: 'rules', made: rulesTable },
  { file: 'docs/alerts.md', name: 'causes', made: causesTable },
  {
    file: 'plugins/airflow-backend/config.d.ts',
    name: 'keys of rules',
    made: ruleKeys,
  },
];

/** A text with one of its parts made anew. */
export function withPart(text: string, name: string, made: string): string {
  const between = new RegExp(
    `(\\b${name}, by npm run reference.*\\n)[^]*?(\\n.*\\bend of ${name}\\b)`,
  );
  if (!between.test(text)) throw new Error(`There is no part ${name}`);
  return text.replace(
    between,
    (_all, begin, end) => `${begin}\n${made}\n${end}`,
  );
}
