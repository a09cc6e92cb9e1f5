import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusterFromEnvironment, withClusters } from './clusters.mjs';
import { FriendlyError } from './report.mjs';

const URL = 'https://airflow.example.com/data/';

test('without AIRFLOW_ variables nothing is added', async () => {
  assert.equal(clusterFromEnvironment({}), undefined);
  assert.deepEqual(await withClusters([]), {});
});

test('a user name and a password work for both Airflow versions', () => {
  assert.deepEqual(
    clusterFromEnvironment({
      AIRFLOW_URL: URL,
      AIRFLOW_USERNAME: 'ada',
      AIRFLOW_PASSWORD: 'secret',
    }),
    {
      name: 'airflow-example-com-data',
      title: 'airflow.example.com',
      baseUrl: 'https://airflow.example.com/data',
      environment: 'own',
      auth: { type: 'password', username: 'ada', password: 'secret' },
    },
  );
});

test('a token is taken as a bearer token', () => {
  const own = clusterFromEnvironment({
    AIRFLOW_URL: URL,
    AIRFLOW_TOKEN: 'secret',
  });
  assert.deepEqual(own?.auth, { type: 'token', token: 'secret' });
});

/** @type {[string, Record<string, string>, RegExp][]} */
const refusals = [
  ['no credentials', { AIRFLOW_URL: URL }, /without credentials/],
  [
    'half the credentials',
    { AIRFLOW_URL: URL, AIRFLOW_USERNAME: 'ada' },
    /without credentials/,
  ],
  [
    'two kinds of credentials',
    { AIRFLOW_URL: URL, AIRFLOW_USERNAME: 'ada', AIRFLOW_TOKEN: 'secret' },
    /given together/,
  ],
  ['credentials alone', { AIRFLOW_TOKEN: 'secret' }, /but not AIRFLOW_URL/],
  [
    'no web address',
    { AIRFLOW_URL: 'airflow:8080', AIRFLOW_TOKEN: 'secret' },
    /not a web address/,
  ],
  [
    'a password in the address',
    { AIRFLOW_URL: 'http://ada:secret@localhost', AIRFLOW_TOKEN: 't' },
    /holds a user name/,
  ],
];

for (const [what, env, message] of refusals) {
  test(`refuses ${what}, with a hint and without the secret`, () => {
    assert.throws(
      () => clusterFromEnvironment(env),
      (/** @type {FriendlyError} */ error) => {
        assert.match(error.message, message);
        assert.ok(error.hint.length > 0);
        assert.doesNotMatch(`${error.message}${error.hint}`, /secret/);
        return true;
      },
    );
  });
}

test('added clusters stand beside the configured ones', async () => {
  const own = clusterFromEnvironment({
    AIRFLOW_URL: URL,
    AIRFLOW_TOKEN: 'secret',
  });
  const { APP_CONFIG_airflow_clusters: json } = await withClusters([own]);
  const clusters = JSON.parse(json ?? '[]');
  assert.ok(clusters.some(cluster => cluster.name === 'prod-eu'));
  assert.deepEqual(clusters.at(-1), own);
});
