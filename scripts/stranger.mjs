// The suite in a portal that knows nothing of it, by docs/install.md alone:
// npm run stranger [-- --release 1.54|1.55|newest] [--frontend new|legacy] [--database sqlite|postgres]
// npm run stranger -- --lockfiles: only what Yarn makes of it in each release.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { onRealAirflows } from './airflow/onRealAirflows.mjs';
import { ensureChromium } from './portal/chromium.mjs';
import { requireFreePorts, waitForHttp } from './portal/net.mjs';
import { CACHE, ROOT } from './portal/paths.mjs';
import { ProcessGroup, runToEnd } from './portal/processes.mjs';
import { FriendlyError, duration, say, step } from './portal/report.mjs';
import { connectionString, withPostgres } from './postgres/index.mjs';
import { addedCopies } from './stranger/copies.mjs';
import { buildImage } from './stranger/image.mjs';
import {
  addPackages,
  bringArchives,
  changeBackend,
  changeText,
  configure,
  pack,
  packManifests,
  readDocument,
} from './stranger/install.mjs';
import { changeLegacyApp } from './stranger/legacyApp.mjs';
import { RELEASES, createPortal } from './stranger/releases.mjs';

const PORT = 7207;
const URL = `http://localhost:${PORT}`;
const AIRFLOW = 'AIRFLOW_FLEET_REAL_3';
const PICTURES = path.join(CACHE, 'stranger');

const { values: chosen } = parseArgs({
  options: {
    release: { type: 'string', default: '1.55' },
    frontend: { type: 'string', default: 'new' },
    database: { type: 'string', default: 'sqlite' },
    lockfiles: { type: 'boolean', default: false },
  },
});

const folder = await mkdtemp(path.join(os.tmpdir(), 'fleet-stranger-'));
try {
  process.exitCode = chosen.lockfiles
    ? await lockfiles()
    : await onRealAirflows(['3'], env => wholeTrial(env));
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Says of each release what the suite adds second copies of, which is nothing. */
async function lockfiles() {
  const blocks = await readDocument();
  const env = process.env;
  await packManifests(env);
  let copies = 0;
  for (const release of Object.keys(RELEASES)) {
    const portal = path.join(folder, release);
    const added = await step(`The lockfile of a portal of ${release}`, () =>
      installed({
        blocks,
        release,
        frontend: 'new',
        portal,
        env,
        isWhole: false,
      }),
    );
    for (const name of added) say(`✗ ${release} has a copy more of ${name}`);
    copies += added.length;
  }
  return copies === 0 ? 0 : 1;
}

/** Makes a portal and installs the suite; resolves with what there are more copies of. */
async function installed({ blocks, release, frontend, portal, env, isWhole }) {
  await createPortal({ release, frontend, folder: portal, env });
  const lockfile = path.join(portal, 'yarn.lock');
  const before = await readFile(lockfile, 'utf8');
  await bringArchives(blocks, portal);
  await addPackages(blocks, portal, {
    env,
    options: isWhole ? '' : '--mode=update-lockfile',
  });
  return addedCopies(before, await readFile(lockfile, 'utf8'));
}

async function wholeTrial(env) {
  const { release, frontend, database } = chosen;
  await requireFreePorts({ [PORT]: "the stranger's portal" });
  const blocks = await readDocument();
  const portal = path.join(folder, 'portal');
  const image = path.join(folder, 'image');
  const started = Date.now();
  await step('Packing the suite', () => pack(blocks, env));
  const added = await step(`Installing it into a portal of ${release}`, () =>
    installed({ blocks, release, frontend, portal, env, isWhole: true }),
  );
  for (const name of added) say(`✗ a copy more of ${name}`);
  await changeBackend(blocks, portal);
  if (frontend === 'legacy') await changeLegacyApp(blocks, portal);
  await configure(blocks, portal, env[AIRFLOW]);
  await annotate(portal);
  await step('Building its image', () => buildImage(portal, image, env));
  say(`  Installed and built in ${duration(Date.now() - started)}.`);
  const visited =
    database === 'postgres'
      ? await withPostgres(() =>
          visit(image, env, 'pg', connectionString('postgres')),
        )
      : await visit(image, env, 'better-sqlite3', ':memory:');
  return added.length === 0 ? visited : 1;
}

/** The entity of the template that the DAG belongs to, as docs/ownership.md says. */
function annotate(portal) {
  return changeText(
    path.join(portal, 'examples/entities.yaml'),
    '  name: example-website\n',
    name =>
      `${name}  annotations:\n    airflow.apache.org/dag-id: orders_broken\n`,
  );
}

/** Starts the image and goes through it in a browser. */
async function visit(image, env, client, connection) {
  const chromium = await ensureChromium();
  const processes = new ProcessGroup();
  const log = [];
  let end;
  processes.start(
    'portal',
    process.execPath,
    [
      'packages/backend',
      '--config',
      'app-config.yaml',
      '--config',
      path.join(ROOT, 'scripts/stranger/app-config.stranger.yaml'),
    ],
    {
      cwd: image,
      env: {
        ...env,
        NODE_ENV: 'production',
        AIRFLOW_USERNAME: 'admin',
        AIRFLOW_PASSWORD: 'admin',
        STRANGER_DATABASE: client,
        STRANGER_CONNECTION: connection,
      },
      onLine: line => log.push(line),
      onExit: code => {
        end = code;
      },
    },
  );
  try {
    await step('Starting it', () =>
      waitForHttp(`${URL}/.backstage/health/v1/readiness`, {
        timeoutMs: 180_000,
        failure: () =>
          end === undefined
            ? undefined
            : new FriendlyError(
                `The portal ended with ${end}.`,
                log.slice(-30).join('\n'),
              ),
      }),
    );
    return await runToEnd('playwright', ['test', '--project=stranger'], {
      env: {
        ...env,
        PORTAL_URL: URL,
        CHROMIUM: chromium,
        E2E_PART: 'stranger',
        E2E_RESULTS: path.join(PICTURES, 'results.json'),
        STRANGER_PICTURES: path.join(
          PICTURES,
          `${chosen.release}-${chosen.frontend}-${chosen.database}`,
        ),
      },
    });
  } finally {
    await processes.stop();
    await writeFile(path.join(CACHE, 'stranger.log'), log.join('\n'));
  }
}
