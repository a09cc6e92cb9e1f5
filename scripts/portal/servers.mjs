// The servers of a running portal. Each function resolves when its server answers.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { waitForHttp } from './net.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { FriendlyError, say } from './report.mjs';

const LOGS = path.join(CACHE, 'portal');

export const SANDBOX_PORT = 9280;
export const BACKEND_PORT = 7007;
export const APP_PORT = 3000;

const BACKEND_READINESS = `http://localhost:${BACKEND_PORT}/.backstage/health/v1/readiness`;
/** Answers once the catalog knows the people of the demo, who cannot sign in before. */
const SIGN_IN = `http://localhost:${BACKEND_PORT}/api/auth/demo/refresh`;

/** The simulated Airflows of the demo. */
export function startSandbox(processes) {
  return launch(
    processes,
    {
      name: 'sandbox',
      program: 'tsx',
      args: [
        'packages/airflow-sandbox/src/cli.ts',
        '--port',
        String(SANDBOX_PORT),
      ],
    },
    failure =>
      waitForHttp(`http://localhost:${SANDBOX_PORT}/prod-eu/api/v1/health`, {
        timeoutMs: 60_000,
        failure,
      }),
  );
}

/** An app and the backend with live reload, as `backstage-cli repo start` runs them. */
export function startDevelopmentPortal(processes, env, app) {
  return launch(
    processes,
    {
      name: 'portal',
      program: 'backstage-cli',
      args: ['repo', 'start', app, 'backend'],
      // The link is printed when it works; nobody wants a browser window before that.
      env: { ...env, BROWSER: 'none' },
    },
    async failure => {
      const options = { timeoutMs: 180_000, failure };
      await waitForHttp(BACKEND_READINESS, options);
      await waitForHttp(SIGN_IN, options);
      await waitForHttp(`http://localhost:${APP_PORT}/airflow`, options);
    },
  );
}

/** The backend from source, serving the app that has been built. */
export function startBuiltPortal(processes, env, databaseFolder) {
  return launch(
    processes,
    {
      name: 'portal',
      program: process.execPath,
      args: [
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        'src/index.ts',
        '--config',
        path.join(ROOT, 'app-config.yaml'),
        '--config',
        path.join(ROOT, 'app-config.e2e.yaml'),
      ],
      // Paths of the configuration are relative to it.
      cwd: path.join(ROOT, 'packages', 'backend'),
      env: {
        ...env,
        NODE_ENV: 'production',
        APP_CONFIG_backend_database_connection_directory:
          JSON.stringify(databaseFolder),
      },
    },
    async failure => {
      const options = { timeoutMs: 120_000, failure };
      await waitForHttp(BACKEND_READINESS, options);
      await waitForHttp(SIGN_IN, options);
    },
  );
}

/**
 * Starts a server that writes to a log file and waits until it is ready. When it ends
 * by itself, before or after that, its last words are shown and everything stops.
 *
 * @param {import('./processes.mjs').ProcessGroup} processes
 * @param {{ name: string, program: string, args: string[], env?: NodeJS.ProcessEnv, cwd?: string }} server
 * @param {(failure: () => Error | undefined) => Promise<void>} ready
 */
async function launch(processes, { name, program, args, env, cwd }, ready) {
  await mkdir(LOGS, { recursive: true });
  const log = path.join(LOGS, `${name}.log`);
  const file = createWriteStream(log);
  const tail = [];
  let isReady = false;
  /** @type {FriendlyError | undefined} */
  let failure;
  processes.start(name, program, args, {
    env: { ...process.env, ...env },
    cwd,
    onLine: line => {
      file.write(`${line}\n`);
      tail.push(line);
      if (tail.length > 20) tail.shift();
    },
    onExit: async code => {
      failure = new FriendlyError(
        `The ${name} ended with code ${code}. Its last words:\n${tail.join(
          '\n',
        )}`,
        `The whole log is in ${path.relative(ROOT, log)}.`,
      );
      if (!isReady) return;
      say(`\n${failure.message}\n${failure.hint}`);
      await processes.stop();
      process.exit(1);
    },
  });
  await ready(() => failure);
  isReady = true;
}
