// The clusters that a started portal shows: those of the configuration files and those
// that the environment and `--airflow` add. Added ones travel in an environment
// variable, so that no password is written to disk.
import { ConfigSources } from '@backstage/config-loader';
import { ROOT } from './paths.mjs';
import { FriendlyError } from './report.mjs';

/** The reader's own cluster of AIRFLOW_URL and its credentials, when it is named. */
export function clusterFromEnvironment(env) {
  const { AIRFLOW_URL, AIRFLOW_USERNAME, AIRFLOW_PASSWORD, AIRFLOW_TOKEN } =
    env;
  if (!AIRFLOW_URL) {
    const lonely = [
      'AIRFLOW_USERNAME',
      'AIRFLOW_PASSWORD',
      'AIRFLOW_TOKEN',
    ].filter(name => env[name]);
    if (lonely.length === 0) return undefined;
    throw new FriendlyError(
      `${lonely.join(' and ')} given, but not AIRFLOW_URL.`,
      'Say which Airflow: AIRFLOW_URL=https://airflow.example.com npm start',
    );
  }
  const url = parseUrl(AIRFLOW_URL);
  return {
    name: nameOf(url),
    title: url.host,
    baseUrl: url.href.replace(/\/$/, ''),
    environment: 'own',
    auth: credentials({ AIRFLOW_USERNAME, AIRFLOW_PASSWORD, AIRFLOW_TOKEN }),
  };
}

function parseUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new FriendlyError(
      `AIRFLOW_URL is not a web address: ${text}`,
      'It is the address where you open the Airflow UI, like https://airflow.example.com or http://localhost:8080',
    );
  }
  if (url.username || url.password) {
    throw new FriendlyError(
      'AIRFLOW_URL holds a user name or password.',
      'Give them as AIRFLOW_USERNAME and AIRFLOW_PASSWORD instead.',
    );
  }
  return url;
}

function credentials({ AIRFLOW_USERNAME, AIRFLOW_PASSWORD, AIRFLOW_TOKEN }) {
  if (AIRFLOW_TOKEN && (AIRFLOW_USERNAME || AIRFLOW_PASSWORD)) {
    throw new FriendlyError(
      'AIRFLOW_TOKEN and AIRFLOW_USERNAME or AIRFLOW_PASSWORD are given together.',
      'Give a token, or a user name with a password.',
    );
  }
  if (AIRFLOW_TOKEN) return { type: 'token', token: AIRFLOW_TOKEN };
  if (AIRFLOW_USERNAME && AIRFLOW_PASSWORD) {
    // Basic authentication on Airflow 2, a token from /auth/token on Airflow 3.
    return {
      type: 'password',
      username: AIRFLOW_USERNAME,
      password: AIRFLOW_PASSWORD,
    };
  }
  throw new FriendlyError(
    'AIRFLOW_URL is given without credentials.',
    'Add AIRFLOW_USERNAME=… and AIRFLOW_PASSWORD=…, or AIRFLOW_TOKEN=…',
  );
}

function nameOf(url) {
  const words = `${url.host}${url.pathname}`.toLowerCase();
  return words.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/**
 * The clusters of app-config.yaml and app-config.local.yaml, as written there.
 *
 * @returns {Promise<{ name: string }[]>}
 */
async function configuredClusters() {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({ rootDir: ROOT, watch: false, argv: [] }),
  );
  try {
    return config.getOptional('airflow.clusters') ?? [];
  } finally {
    config.close();
  }
}

/** Environment variables that add clusters to the configured ones. */
export async function withClusters(added) {
  if (added.length === 0) return {};
  const all = [...(await configuredClusters()), ...added];
  return { APP_CONFIG_airflow_clusters: JSON.stringify(all) };
}

/** Environment variables that leave some of the configured clusters out. */
export async function withoutClusters(names) {
  const all = await configuredClusters();
  const left = all.filter(({ name }) => !names.includes(name));
  return { APP_CONFIG_airflow_clusters: JSON.stringify(left) };
}
