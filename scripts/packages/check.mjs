// What an archive must be, for a registry and for whoever installs it.
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, ROOT } from '../portal/paths.mjs';
import { capture } from '../portal/processes.mjs';
import { KNOWN } from './known.mjs';
import { linksOf } from './links.mjs';
import { repositoryOf } from './suite.mjs';

/** What is wrong with an archive, a line each, and the codes of what is known and right. */
export async function check({ folder, archive }, lint) {
  const home = path.join(CACHE, 'packages', path.basename(folder));
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await capture('tar', ['-xzf', archive, '-C', home, '--strip-components=1']);
  const manifest = JSON.parse(await read(home, 'package.json'));
  const found = await lint(archive);
  const known = found.filter(({ by, code }) => code in KNOWN[by]);
  return {
    known: [...new Set(known.map(({ by, code }) => `${by} ${code}`))],
    problems: [
      ...manifestProblems(manifest, folder),
      ...(await fileProblems(home, manifest)),
      ...linkProblems(await read(home, 'README.md'), manifest),
      ...found
        .filter(({ by, code }) => !(code in KNOWN[by]))
        .map(({ by, code, text }) => `${by} ${code}: ${text}`),
    ],
  };
}

/** What a manifest as it was packed lacks. */
export function manifestProblems(manifest, folder) {
  const { license, description, homepage, keywords, repository } = manifest;
  const repositoryUrl = repositoryOf(manifest);
  const wants = [
    ['a license', license === 'Apache-2.0'],
    ['a description', Boolean(description)],
    ['the keyword backstage', keywords?.includes('backstage')],
    ['the URL of its repository', repositoryUrl?.startsWith('https://')],
    ['its directory in the repository', repository?.directory === folder],
    ['a homepage in its repository', homepage?.startsWith(`${repositoryUrl}/`)],
    ['a registry that shows it', manifest.publishConfig?.access === 'public'],
  ];
  const missing = wants.filter(([, has]) => !has).map(([what]) => what);
  const { dependencies, peerDependencies } = manifest;
  const unsaid = Object.entries({ ...dependencies, ...peerDependencies })
    .filter(([, range]) => /^(workspace|file|link|portal|patch):/.test(range))
    .map(([name, range]) => `${name} is asked for as ${range}`);
  return [...missing.map(what => `package.json lacks ${what}`), ...unsaid];
}

async function fileProblems(home, { configSchema }) {
  const wanted = ['LICENSE', 'README.md', 'CHANGELOG.md', configSchema];
  const missing = wanted
    .filter(file => file && !existsSync(path.join(home, file)))
    .map(file => `${file} is not in it`);
  const files = await readdir(home, { recursive: true });
  const stray = files
    .filter(file => /\.test\.|__testUtils__|(^|\/)src(\/|$)/.test(file))
    .slice(0, 3)
    .map(file => `${file} is of no use there`);
  return [...missing, ...stray];
}

/** Links of a README that end nowhere: relative ones, and those into the repository where nothing is. */
export function linkProblems(readme, manifest) {
  const blob = new RegExp(`^${repositoryOf(manifest)}/(?:blob|raw)/main/`);
  return linksOf(readme).flatMap(link => {
    if (link.startsWith('#')) return [];
    if (!/^(https|mailto):/.test(link)) return [`README.md links to ${link}`];
    if (!blob.test(link)) return [];
    const [file] = link.replace(blob, '').split('#');
    return existsSync(path.join(ROOT, file))
      ? []
      : [`README.md links to ${file}, which is not in the repository`];
  });
}

function read(home, file) {
  return readFile(path.join(home, file), 'utf8').catch(() => '');
}
