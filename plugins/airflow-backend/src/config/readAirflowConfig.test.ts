import { ConfigReader } from '@backstage/config';
import { readAirflowConfig } from './readAirflowConfig';

const smallest = {
  name: 'prod-eu',
  baseUrl: 'https://airflow.example.com/eu/',
  auth: { type: 'none' },
};

const app = { baseUrl: 'https://portal.example.com/fleet/' };

function read(airflow: object) {
  return readAirflowConfig(new ConfigReader({ app, airflow }));
}

function readCluster(overrides: object) {
  return read({ clusters: [{ ...smallest, ...overrides }] }).clusters[0];
}

describe('readAirflowConfig', () => {
  it('is content with nothing', () => {
    expect(readAirflowConfig(new ConfigReader({ app })).clusters).toEqual([]);
  });

  it('fills in what a cluster leaves out', () => {
    const { auth, ...cluster } = readCluster({});
    expect(cluster).toEqual({
      name: 'prod-eu',
      title: 'prod-eu',
      baseUrl: 'https://airflow.example.com/eu',
      webUrl: 'https://airflow.example.com/eu',
      environment: null,
      owner: null,
      tags: [],
      readOnly: false,
      defaultTimezone: null,
      tls: undefined,
      proxy: undefined,
      limits: {
        maxInFlight: 4,
        requestsPerMinute: 300,
        timeoutMs: 15_000,
        maxResponseBytes: 33_554_432,
      },
    });
    expect(auth.getString('type')).toBe('none');
  });

  it('takes Airflow owners of any name, and their entities in lower case', () => {
    const config = read({
      ownership: {
        airflowOwners: { 'Data & Co.': 'Group:default/Data', ops: 'user:eu/x' },
      },
    });
    expect(config.airflowOwners).toEqual(
      new Map([
        ['Data & Co.', 'group:default/data'],
        ['ops', 'user:eu/x'],
      ]),
    );
    expect(() =>
      read({ ownership: { airflowOwners: { ops: 'platform' } } }),
    ).toThrow(/airflow\.ownership\.airflowOwners\.ops: must be the entity ref/);
  });

  it('leads to the portal and its pages, wherever both are', () => {
    expect(read({}).links).toMatchObject({
      paths: { alerts: '/airflow/alerts' },
      baseUrl: 'https://portal.example.com/fleet',
      isOwnBaseUrl: false,
    });
    const baseUrl = 'https://company.example.com/';
    expect(read({ links: { path: '/data/airflow/', baseUrl } }).links).toEqual(
      expect.objectContaining({
        paths: expect.objectContaining({ alerts: '/data/airflow/alerts' }),
        baseUrl: 'https://company.example.com',
        isOwnBaseUrl: true,
      }),
    );
    expect(read({ links: { path: '/' } }).links.paths.alerts).toBe('/alerts');
    expect(() => readAirflowConfig(new ConfigReader({}))).toThrow(
      'set app.baseUrl or airflow.links.baseUrl',
    );
  });

  it.each(['airflow', '//airflow', '/air flow', '/airflow?a', '/:airflow/*'])(
    'refuses %s as the path of the pages',
    path => {
      expect(() => read({ links: { path } })).toThrow(
        /airflow\.links\.path: must be a path/,
      );
    },
  );

  it('takes durations as Backstage writes them', () => {
    const config = read({
      clusters: [{ ...smallest, limits: { timeout: { seconds: 3 } } }],
      intervals: { health: '10s', runs: { minutes: 1 } },
      history: { days: 2 },
      retention: { runs: { days: 30 } },
    });
    expect(config).toMatchObject({
      intervalsMs: { health: 10_000, inventory: 120_000, runs: 60_000 },
      historyMs: 172_800_000,
      retentionMs: { runs: 2_592_000_000 },
    });
    expect(config.clusters[0].limits.timeoutMs).toBe(3_000);
  });

  it.each([
    ['name', { name: 'Prod EU' }, /airflow\.clusters\[0\]\.name: must be/],
    [
      'baseUrl',
      { baseUrl: 'airflow' },
      /clusters\[0\]\.baseUrl: must be an http/,
    ],
    [
      'baseUrl',
      { baseUrl: 'https://a.example.com/api/v1' },
      /baseUrl: must be given without \/api\/v1/,
    ],
    [
      'baseUrl',
      { baseUrl: 'https://me:hunter2@a.example.com' },
      /baseUrl: must hold no user or password/,
    ],
    ['owner', { owner: 'platform' }, /owner: must be an entity ref/],
    ['defaultTimezone', { defaultTimezone: 'Mars/Base' }, /IANA time zone/],
    ['tls', { tls: { cert: 'x' } }, /tls: cert and key must be given together/],
    ['baseURL', { baseURL: 'https://a.example.com' }, /baseURL/],
    ['auth', { auth: {} }, /clusters\[0\]\.auth\.type/],
  ])('refuses a wrong %s and names the key', (_key, wrong, message) => {
    expect(() => readCluster(wrong)).toThrow(message);
  });

  it('never repeats what it refuses, since it may be a secret', () => {
    expect(() =>
      readCluster({ baseUrl: 'https://me:hunter2@a.example.com' }),
    ).toThrow(/^(?!.*hunter2)/s);
  });

  it('refuses two clusters of one name', () => {
    expect(() => read({ clusters: [smallest, smallest] })).toThrow(
      'airflow.clusters[1].name: another cluster is named prod-eu too',
    );
  });

  it('refuses to keep runs for less than the first reading brings', () => {
    expect(() =>
      read({ history: { days: 30 }, retention: { runs: { days: 7 } } }),
    ).toThrow(/airflow\.retention\.runs must not be shorter/);
  });

  it('refuses an interval of no length', () => {
    expect(() => read({ intervals: { runs: '10ms' } })).toThrow(
      /airflow\.intervals\.runs: must be at least one second/,
    );
  });
});
