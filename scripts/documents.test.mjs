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
