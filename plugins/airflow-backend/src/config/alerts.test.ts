import { ConfigReader } from '@backstage/config';
import { readAirflowConfig } from './readAirflowConfig';

const app = { baseUrl: 'https://portal.example.com' };

function read(alerts: object) {
  return readAirflowConfig(new ConfigReader({ app, airflow: { alerts } }))
    .alerts;
}

const secret = 'whsec_YS1zZWNyZXQtb2YtdGhlLXJlY2VpdmVy';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('airflow.alerts', () => {
  it('watches and tells the owner when nothing is set', () => {
    const { rules, routes, webhooks } = read({});
    expect(rules).toEqual([
      {
        name: 'cluster-unreachable',
        type: 'cluster-unreachable',
        severity: 'critical',
        forMs: MINUTE_MS,
        scope: {},
      },
      {
        name: 'readings-failing',
        type: 'readings-failing',
        severity: 'critical',
        forMs: 0,
        scope: {},
        longerThanMs: 10 * MINUTE_MS,
      },
      {
        name: 'clock-skew',
        type: 'clock-skew',
        severity: 'warning',
        forMs: 2 * MINUTE_MS,
        scope: {},
        moreThanMs: MINUTE_MS,
      },
      {
        name: 'dags-vanished',
        type: 'dags-vanished',
        severity: 'critical',
        forMs: MINUTE_MS,
        scope: {},
      },
      {
        name: 'component-unhealthy',
        type: 'component-unhealthy',
        severity: 'critical',
        forMs: MINUTE_MS,
        scope: {},
      },
      {
        name: 'import-error',
        type: 'import-error',
        severity: 'critical',
        forMs: 0,
        scope: {},
      },
      {
        name: 'dag-vanished',
        type: 'dag-vanished',
        severity: 'warning',
        forMs: 0,
        scope: {},
      },
      {
        name: 'run-failed',
        type: 'run-failed',
        severity: 'warning',
        forMs: 0,
        scope: {},
      },
      {
        name: 'failures-in-a-row',
        type: 'failures-in-a-row',
        severity: 'critical',
        forMs: 0,
        scope: {},
        count: 3,
      },
      {
        name: 'older-run-failed',
        type: 'older-run-failed',
        severity: 'warning',
        forMs: 0,
        scope: {},
      },
      {
        name: 'run-too-long',
        type: 'run-too-long',
        severity: 'warning',
        forMs: 0,
        scope: {},
        longerThanMs: 24 * HOUR_MS,
        timesUsual: 3,
      },
      {
        name: 'run-stuck-queued',
        type: 'run-stuck-queued',
        severity: 'warning',
        forMs: 0,
        scope: {},
        longerThanMs: 15 * MINUTE_MS,
      },
      {
        name: 'run-missed',
        type: 'run-missed',
        severity: 'warning',
        forMs: 0,
        scope: {},
        graceMs: 10 * MINUTE_MS,
      },
    ]);
    expect(routes).toEqual([
      {
        match: { severities: ['critical', 'warning'] },
        channels: ['notifications'],
        to: ['owner'],
      },
    ]);
    expect(webhooks).toEqual([]);
  });

  it('puts what is given in place of the defaults', () => {
    expect(
      read({
        rules: [
          {
            name: 'orders-daily',
            type: 'no-success',
            severity: 'critical',
            for: '5m',
            scope: { dags: ['orders_*'], owners: ['group:default/payments'] },
            within: { hours: 26 },
          },
        ],
        routes: [
          {
            match: { ruleTypes: ['no-success'] },
            channels: ['on-call'],
            to: ['group:default/platform', 'owner'],
          },
        ],
        webhooks: [
          {
            name: 'on-call',
            url: 'https://hooks.example.com/in?token=1',
            secret,
          },
        ],
      }),
    ).toEqual({
      rules: [
        {
          name: 'orders-daily',
          type: 'no-success',
          severity: 'critical',
          forMs: 5 * MINUTE_MS,
          scope: { dags: ['orders_*'], owners: ['group:default/payments'] },
          withinMs: 26 * HOUR_MS,
        },
      ],
      routes: [
        {
          match: { ruleTypes: ['no-success'] },
          channels: ['on-call'],
          to: ['group:default/platform', 'owner'],
        },
      ],
      webhooks: [
        {
          name: 'on-call',
          url: 'https://hooks.example.com/in?token=1',
          secret,
        },
      ],
      together: { waitMs: 10_000, intervalMs: 2 * MINUTE_MS },
    });
  });

  it('takes empty lists for what they say', () => {
    expect(read({ rules: [], routes: [] })).toMatchObject({
      rules: [],
      routes: [],
    });
  });

  const rule = (overrides: object) => ({
    rules: [{ name: 'a', type: 'run-failed', ...overrides }],
  });
  const route = (overrides: object) => ({
    routes: [{ channels: ['notifications'], ...overrides }],
  });
  const webhook = (overrides: object) => ({
    webhooks: [
      { name: 'a', url: 'https://a.example.com', secret, ...overrides },
    ],
  });

  it.each([
    ['rules[0].type: must be one of cluster-unreachable', rule({ type: 'x' })],
    ['rules[0].name: must be lower-case', rule({ name: 'My rule' })],
    ['rules[0].severity: ', rule({ severity: 'fatal' })],
    ['rules[0].for: must be a duration', rule({ for: 'soon' })],
    ['rules[0].for: must be a duration', rule({ for: { minuets: 5 } })],
    ['rules[0].for: must not be negative', rule({ for: { minutes: -5 } })],
    ['rules[0]: Unrecognized key: "count"', rule({ count: 3 })],
    [
      'rules[0].count: Too small',
      rule({ type: 'failures-in-a-row', count: 1 }),
    ],
    ['rules[0].within: must be a duration', rule({ type: 'no-success' })],
    [
      'rules[0].grace: must be at least one second',
      rule({ type: 'run-missed', grace: '0s' }),
    ],
    [
      'rules[0].scope: Unrecognized key: "dags"',
      rule({ type: 'import-error', scope: { dags: ['a'] } }),
    ],
    ['rules[0].scope.dags: Too small', rule({ scope: { dags: [] } })],
    ['rules[0].scope.owners[0]: must be', rule({ scope: { owners: ['me'] } })],
    [
      'rules[1].name: another one is named a too',
      { rules: [rule({}).rules[0], rule({}).rules[0]] },
    ],
    ['routes[0].channels: Too small', route({ channels: [] })],
    ['routes[0].to[0]: must be owner or an entity ref', route({ to: ['me'] })],
    [
      'routes[0].match: Unrecognized key: "tags"',
      route({ match: { tags: 1 } }),
    ],
    ['webhooks[0].name: is the name of', webhook({ name: 'notifications' })],
    ['webhooks[0].url: must be an http', webhook({ url: 'ftp://a' })],
    [
      'webhooks[0].url: must hold no user or password',
      webhook({ url: 'https://me:hush@a.example.com' }),
    ],
    ['webhooks[0].secret: Too small', webhook({ secret: ' ' })],
    ['webhooks[0].secret: must be whsec_', webhook({ secret: 'hush' })],
    [
      'webhooks[0].secret: must be whsec_ and then 24 to 64 bytes',
      webhook({ secret: 'whsec_aHVzaA==' }),
    ],
  ])('refuses what is wrong and names the key: %s', (message, wrong) => {
    expect(() => read(wrong)).toThrow(`airflow.alerts.${message}`);
  });

  it('never repeats what it refuses, since it may be a secret', () => {
    expect(() =>
      read(webhook({ url: 'https://me:hunter2@a.example.com' })),
    ).toThrow(/^(?!.*hunter2)/s);
  });
});
