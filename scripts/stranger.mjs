// The suite in portals that know nothing of it, by docs/install.md alone: npm run stranger
// [-- --release 1.54,1.55,newest] [--frontend new,legacy] [--database sqlite,postgres], or --matrix for all of it.
// npm run stranger -- --lockfiles: only what Yarn makes of it in each release.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { onRealAirflows } from './airflow/onRealAirflows.mjs';
import { ensureChromium } from './portal/chromium.mjs';
import { requireFreePorts } from './portal/net.mjs';
import { CACHE } from './portal/paths.mjs';
import {
  FriendlyError,
  duration,
  failWith,
  say,
  step,
} from './portal/report.mjs';
import { addedCopies } from './stranger/copies.mjs';
import { buildImage } from './stranger/image.mjs';
import {
  addMails,
  addPackages,
  annotate,
  bringArchives,
  changeBackend,
  configure,
  pack,
  packManifests,
  readDocument,
} from './stranger/install.mjs';
import { changeLegacyApp } from './stranger/legacyApp.mjs';
import { RELEASES, createPortal } from './stranger/releases.mjs';
import { PORT, visit } from './stranger/visit.mjs';

const AIRFLOW = 'AIRFLOW_FLEET_REAL_3';
const RESULTS = path.join(CACHE, 'stranger');
const ALL = {
  release: Object.keys(RELEASES),
  frontend: ['new', 'legacy'],
  database: ['sqlite', 'postgres'],
};

const { values: args } = parseArgs({
  options: {
    release: { type: 'string', default: '1.55' },
    frontend: { type: 'string', default: 'new' },
    database: { type: 'string', default: 'sqlite' },
    matrix: { type: 'boolean', default: false },
    lockfiles: { type: 'boolean', default: false },
  },
});

const folder = await mkdtemp(path.join(os.tmpdir(), 'fleet-stranger-'));
try {
  const asked = {
    releases: chosen('release'),
    frontends: chosen('frontend'),
    databases: chosen('database'),
  };
  process.exitCode = args.lockfiles
    ? await lockfiles()
    : await onRealAirflows(['3'], env => matrix(asked, env));
} catch (error) {
  failWith(error);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Says of each release what the suite adds second copies of, which is nothing. */
async function lockfiles() {
  const blocks = await readDocument();
  const env = process.env;
  await packManifests(env);
  let copies = 0;
  for (const release of ALL.release) {
    const portal = path.join(folder, release);
    const added = await step(`The lockfile of a portal of ${release}`, () =>
      installed({
        blocks,
        release,
        frontend: 'new',
        portal,
        env,
        options: '--mode=update-lockfile',
      }),
    );
    for (const name of added) say(`✗ ${release} has a copy more of ${name}`);
    copies += added.length;
  }
  return copies === 0 ? 0 : 1;
}

/** Makes a portal and installs the suite; resolves with what there are more copies of. */
async function installed({
  blocks,
  release,
  frontend,
  portal,
  env,
  options = '',
}) {
  await createPortal({ release, frontend, folder: portal, env });
  const lockfile = path.join(portal, 'yarn.lock');
  const before = await readFile(lockfile, 'utf8');
  await bringArchives(blocks, portal);
  await addPackages(blocks, portal, { env, options });
  return addedCopies(before, await readFile(lockfile, 'utf8'));
}

/** Each portal that was chosen, visited on each database; resolves with an exit code. */
async function matrix({ releases, frontends, databases }, env) {
  await requireFreePorts({ [PORT]: "the stranger's portal" });
  const blocks = await readDocument();
  const chromium = await ensureChromium();
  await step('Packing the suite', () => pack(blocks, env));
  const rows = [];
  for (const release of releases) {
    for (const frontend of frontends) {
      rows.push(
        ...(await orFailed(release, frontend, () =>
          portalOf({ blocks, release, frontend, databases, chromium, env }),
        )),
      );
    }
  }
  say('\n| release | frontend | database | installed in | copies | visit |');
  for (const row of rows) say(`| ${row.cells.join(' | ')} |`);
  return rows.every(({ isRight }) => isRight) ? 0 : 1;
}

/** The others are worth trying when one portal cannot be made. */
async function orFailed(release, frontend, work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FriendlyError)) throw error;
    say(`✗ ${error.message}\n${error.hint}`);
    return [
      { isRight: false, cells: [release, frontend, '', '', '', 'not made'] },
    ];
  }
}

function chosen(option) {
  const named = args.matrix ? ALL[option] : args[option].split(',');
  const unknown = named.find(name => !ALL[option].includes(name));
  if (unknown === undefined) return named;
  throw new FriendlyError(
    `--${option} has no ${unknown}.`,
    `There are ${ALL[option].join(', ')}.`,
  );
}

/** Installs the suite into one portal, and resolves with a row of the table for each database. */
async function portalOf(asked) {
  const { blocks, release, frontend, databases, chromium, env } = asked;
  const name = `${release}, ${frontend} frontend`;
  const portal = path.join(folder, `${release}-${frontend}`);
  const image = `${portal}-image`;
  const started = Date.now();
  const copies = await step(`Installing it into a portal of ${name}`, () =>
    installed({ blocks, release, frontend, portal, env }),
  );
  for (const copy of copies) say(`✗ a copy more of ${copy}`);
  await changeBackend(blocks, portal);
  if (frontend === 'legacy') await changeLegacyApp(blocks, portal);
  await configure(blocks, portal, env[AIRFLOW]);
  await addMails(blocks, portal, { release, env });
  await annotate(blocks, portal);
  const took = duration(Date.now() - started);
  await step(`Building the image of ${name}`, () =>
    buildImage(portal, image, env),
  );
  const rows = [];
  for (const database of databases) {
    const results = path.join(RESULTS, `${release}-${frontend}-${database}`);
    await mkdir(results, { recursive: true });
    const code = await step(`A visit to ${name}, on ${database}`, () =>
      visit({ image, database, chromium, results, env }),
    );
    const seen = code === 0 ? 'all was seen' : 'something was missed';
    rows.push({
      isRight: code === 0 && copies.length === 0,
      cells: [release, frontend, database, took, copies.length, seen],
    });
  }
  await rm(portal, { recursive: true, force: true });
  await rm(image, { recursive: true, force: true });
  return rows;
}
