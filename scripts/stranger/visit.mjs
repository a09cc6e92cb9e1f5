// Starts a portal from what its image holds, and goes through it in a browser.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { waitForHttp } from '../portal/net.mjs';
import { ROOT } from '../portal/paths.mjs';
import { ProcessGroup, runToEnd } from '../portal/processes.mjs';
import { FriendlyError } from '../portal/report.mjs';
import { connectionString, drop, namesOf, up } from '../postgres/index.mjs';

export const PORT = 7207;
const URL = `http://localhost:${PORT}`;
const CONFIGS = [
  'app-config.yaml',
  path.join(ROOT, 'scripts/stranger/app-config.stranger.yaml'),
];
// As app-config.stranger.yaml names its databases.
const PREFIX = 'stranger_';

const DATABASES = {
  sqlite: { client: 'better-sqlite3', connection: ':memory:' },
  postgres: { client: 'pg', connection: connectionString('postgres') },
};

/** Resolves with the exit code of the visit; pictures and the portal's log are put into `results`. */
export async function visit({ image, database, chromium, results, env }) {
  const isPostgres = database === 'postgres';
  if (isPostgres) {
    await up();
    await drop(await namesOf(PREFIX));
  }
  const processes = new ProcessGroup();
  const log = [];
  let end;
  processes.start('portal', process.execPath, argumentsOf(), {
    cwd: image,
    env: portalEnvironment(env, DATABASES[database]),
    onLine: line => log.push(line),
    onExit: code => {
      end = code;
    },
  });
  try {
    await waitForHttp(`${URL}/.backstage/health/v1/readiness`, {
      timeoutMs: 180_000,
      failure: () =>
        end === undefined
          ? undefined
          : new FriendlyError(
              `The portal ended with ${end}.`,
              log.slice(-30).join('\n'),
            ),
    });
    return await runToEnd('playwright', ['test', '--project=stranger'], {
      env: {
        ...env,
        PORTAL_URL: URL,
        CHROMIUM: chromium,
        E2E_PART: 'stranger',
        E2E_RESULTS: path.join(results, 'results.json'),
        STRANGER_PICTURES: results,
      },
    });
  } finally {
    await processes.stop();
    await writeFile(path.join(results, 'portal.log'), log.join('\n'));
    if (isPostgres) await drop(await namesOf(PREFIX));
  }
}

/** As the last line of `create-app`'s Dockerfile has them. */
function argumentsOf() {
  return [
    '--no-node-snapshot',
    'packages/backend',
    ...CONFIGS.flatMap(file => ['--config', file]),
  ];
}

function portalEnvironment(env, { client, connection }) {
  return {
    ...env,
    NODE_ENV: 'production',
    AIRFLOW_USERNAME: 'admin',
    AIRFLOW_PASSWORD: 'admin',
    STRANGER_DATABASE: client,
    STRANGER_CONNECTION: connection,
  };
}
