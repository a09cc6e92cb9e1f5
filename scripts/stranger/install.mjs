// Installs the suite into a portal by what docs/install.md says, line by line.
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../portal/paths.mjs';
import { blockOf, blocksOf } from './document.mjs';
import { mailsOfItsTime, run } from './releases.mjs';

export const ARCHIVES = 'airflow-fleet';

export async function readDocument() {
  return blocksOf(await readFile(path.join(ROOT, 'docs/install.md'), 'utf8'));
}

/** Builds and packs the six packages, in this repository. */
export function pack(blocks, env) {
  const commands = blockOf(blocks, {
    heading: 'Until they are on npm',
    language: 'sh',
  });
  return run('bash', ['-e', '-c', commands], { env, cwd: ROOT });
}

/** Archives of the same names that hold nothing but the manifests, which is all that a lockfile depends on. */
export async function packManifests(env) {
  const dist = path.join(ROOT, 'dist');
  await mkdir(dist, { recursive: true });
  for (const name of await readdir(path.join(ROOT, 'plugins'))) {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'fleet-manifest-'));
    const manifest = JSON.parse(
      await readFile(path.join(ROOT, 'plugins', name, 'package.json'), 'utf8'),
    );
    const { devDependencies, scripts, ...published } = manifest;
    const text = JSON.stringify(published).replaceAll(
      '"workspace:^"',
      `"^${manifest.version}"`,
    );
    await mkdir(path.join(folder, 'package'));
    await writeFile(path.join(folder, 'package/package.json'), text);
    const archive = path.join(dist, `${name}.tgz`);
    await run('tar', ['czf', archive, '-C', folder, 'package'], {
      env,
      cwd: ROOT,
    });
    await rm(folder, { recursive: true });
  }
}

/** What Yarn is told about archives, and the archives where it looks for them. */
export async function bringArchives(blocks, portal) {
  const told = JSON.parse(
    blockOf(blocks, { heading: 'Until they are on npm', language: 'json' }),
  );
  await mkdir(path.join(portal, ARCHIVES), { recursive: true });
  for (const target of Object.values(told.resolutions)) {
    const archive = path.basename(target);
    await copyFile(
      path.join(ROOT, 'dist', archive),
      path.join(portal, ARCHIVES, archive),
    );
  }
  await changeJson(path.join(portal, 'package.json'), content => ({
    ...content,
    resolutions: { ...content.resolutions, ...told.resolutions },
  }));
}

/** The commands of the document; `options` are put at the end of each. */
export async function addPackages(blocks, portal, { env, options = '' }) {
  const commands = blocks
    .filter(
      ({ heading, language }) =>
        heading === '1. Add the packages' && language === 'sh',
    )
    .flatMap(({ text }) => text.split('\n'));
  for (const command of commands) {
    await run('bash', ['-e', '-c', `${command} ${options}`], {
      env,
      cwd: portal,
    });
  }
}

/** The lines for the backend, before it starts. */
export async function changeBackend(blocks, portal) {
  const lines = blocks
    .filter(
      ({ heading, language }) => heading === '2. Backend' && language === 'ts',
    )
    .map(({ text }) => text);
  await changeText(
    path.join(portal, 'packages/backend/src/index.ts'),
    'backend.start();',
    start => `${lines.join('\n')}\n${start}`,
  );
}

/** The smallest configuration, with the address of an Airflow that there is. */
export async function configure(blocks, portal, airflowUrl) {
  const smallest = blockOf(blocks, {
    heading: '4. Configuration',
    language: 'yaml',
    holding: '${AIRFLOW_USERNAME}',
  });
  await addConfiguration(
    portal,
    replaced(smallest, 'https://airflow.example.com', airflowUrl),
  );
}

async function addConfiguration(portal, text) {
  const file = path.join(portal, 'app-config.yaml');
  await writeFile(file, `${await readFile(file, 'utf8')}\n${text}\n`);
}

/** The module that sends mails, a server on this machine, and an address of the guest. */
export async function addMails(blocks, portal, { release, env }) {
  const heading = '6. Mails';
  const block = language => blockOf(blocks, { heading, language });
  await run('bash', ['-e', '-c', block('sh')], {
    env: { ...env, ...mailsOfItsTime(release) },
    cwd: portal,
  });
  await changeText(
    path.join(portal, 'packages/backend/src/index.ts'),
    'backend.start();',
    start => `${block('ts')}\n${start}`,
  );
  const onThisMachine = replaced(
    replaced(block('yaml'), 'smtp.example.com', 'localhost'),
    '587',
    '1025',
  );
  await addConfiguration(portal, onThisMachine);
  await changeText(
    path.join(portal, 'examples/org.yaml'),
    '  memberOf: [guests]',
    groups => `  profile:\n    email: guest@example.com\n${groups}`,
  );
}

/** The entity of the template that a DAG belongs to. */
export async function annotate(blocks, portal) {
  const block = blockOf(blocks, {
    heading: '5. Say which DAGs',
    language: 'yaml',
  });
  const annotations = replaced(block, 'load_orders, refund_*', 'orders_broken')
    .split('\n')
    .slice(1)
    .join('\n');
  await changeText(
    path.join(portal, 'examples/entities.yaml'),
    // Some templates have annotations there already, which then follow.
    /^ {2}name: example-website\n( {2}annotations:\n)?/m,
    () => `  name: example-website\n${annotations}\n`,
  );
}

/** Puts what a block says about a file at a place of that file. */
export async function changeText(file, place, change) {
  const before = await readFile(file, 'utf8');
  await writeFile(file, replaced(before, place, change));
}

function replaced(text, place, change) {
  const changed = text.replace(place, change);
  if (changed === text) throw new Error(`"${place}" is not in:\n${text}`);
  return changed;
}

async function changeJson(file, change) {
  const content = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify(change(content), null, 2));
}
