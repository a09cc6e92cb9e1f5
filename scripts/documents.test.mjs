import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { VERSIONS } from './airflow/versions.mjs';
import { linksOf } from './packages/links.mjs';
import { ROOT } from './portal/paths.mjs';
import { capture } from './portal/processes.mjs';

const read = file => readFile(path.join(ROOT, file), 'utf8');

test('the README says which versions are tested', async () => {
  const readme = await read('README.md');
  const rowOf = what =>
    readme.split('\n').find(line => line.startsWith(`| ${what} `)) ?? '';
  const { version } = JSON.parse(await read('backstage.json'));
  assert.ok(rowOf('Backstage').includes(version), `Backstage ${version}`);
  for (const { release } of Object.values(VERSIONS)) {
    const row = rowOf(`Airflow ${release.split('.')[0]}`);
    assert.ok(row.includes(`real ${release}`), `Airflow ${release}`);
  }
});

test('links of documents lead to what there is', async () => {
  const files = await documents();
  const broken = [];
  for (const file of files) {
    for (const link of linksOf(await read(file))) {
      if (/^(https?|mailto):/.test(link)) continue;
      const [place, anchor] = link.split('#');
      const to = place ? path.posix.join(path.dirname(file), place) : file;
      const isThere = existsSync(path.join(ROOT, to));
      const isNamed =
        !anchor || !to.endsWith('.md') || anchorsOf(await read(to)).has(anchor);
      if (!isThere || !isNamed) broken.push(`${file}: ${link}`);
    }
  }
  assert.deepEqual(broken, []);
});

test('commands of documents are those of the repository', async () => {
  const { scripts } = JSON.parse(await read('package.json'));
  const unknown = [];
  for (const file of await documents()) {
    for (const [, name] of (await read(file)).matchAll(/npm run ([\w:-]+)/g)) {
      if (!(name in scripts)) unknown.push(`${file}: npm run ${name}`);
    }
  }
  assert.deepEqual(unknown, []);
});

test('files and folders that are told of to us are there', async () => {
  const { output } = await capture('git', ['ls-files']);
  const files = output.trim().split('\n');
  const isThere = place => files.some(file => `/${file}`.includes(`/${place}`));
  const missing = [];
  for (const file of FOR_US) {
    for (const place of placesIn(await read(file))) {
      if (isThere(place)) continue;
      const ignored = await capture('git', ['check-ignore', place]);
      if (ignored.code !== 0) missing.push(`${file}: ${place}`);
    }
  }
  assert.deepEqual(missing, []);
});

test('docs/libraries.md says why each library is there', async () => {
  const said = await read('docs/libraries.md');
  const { output } = await capture('git', [
    'ls-files',
    'plugins/*/package.json',
  ]);
  const unsaid = [];
  for (const file of output.trim().split('\n')) {
    const { dependencies = {} } = JSON.parse(await read(file));
    for (const name of Object.keys(dependencies)) {
      const isOurs = /^@(backstage|airflow-fleet)\//.test(name);
      if (!isOurs && !said.includes(`\`${name}\``)) {
        unsaid.push(`${file}: ${name}`);
      }
    }
  }
  assert.deepEqual(unsaid, []);
});

/** What is about the code, and for those who change it. */
const FOR_US = ['CONTRIBUTING.md', 'docs/architecture.md', 'docs/libraries.md'];

/** What a text names in `code` with the end of a file's name or of a folder's, each of `{a,b}` by itself. */
function placesIn(markdown) {
  const spans = markdown.replace(/```[^]*?```/g, '').matchAll(/`([^`\s]+)`/g);
  return Array.from(spans, ([, span]) => span)
    .filter(span => /^[^@*<]*(\.(tsx?|mjs|md|ya?ml|json)|[a-z]\/)$/.test(span))
    .flatMap(span => {
      const [, before, each, after] = /^(.*)\{(.*)\}(.*)$/.exec(span) ?? [];
      if (!each) return [span];
      return each.split(',').map(one => `${before}${one}${after}`);
    });
}

/** Every Markdown file but those that changesets write. */
async function documents() {
  const { output } = await capture('git', ['ls-files', '*.md']);
  return output
    .trim()
    .split('\n')
    .filter(file => !file.startsWith('.changeset/'));
}

/** The names that headings have in links. */
function anchorsOf(markdown) {
  const headings = markdown.matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    Array.from(headings, ([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    ),
  );
}
