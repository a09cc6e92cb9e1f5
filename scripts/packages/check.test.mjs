import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkProblems, manifestProblems } from './check.mjs';

const folder = 'plugins/airflow';
const manifest = {
  license: 'Apache-2.0',
  description: 'Pages',
  keywords: ['backstage'],
  homepage: 'https://git.example/fleet/tree/main/plugins/airflow',
  repository: { url: 'git+https://git.example/fleet.git', directory: folder },
  publishConfig: { access: 'public' },
  dependencies: { zod: '^4.0.0' },
};

test('a manifest says all that a registry shows', () => {
  assert.deepEqual(manifestProblems(manifest, folder), []);
  assert.deepEqual(manifestProblems({ ...manifest, keywords: [] }, folder), [
    'package.json lacks the keyword backstage',
  ]);
  assert.deepEqual(manifestProblems(manifest, 'plugins/other'), [
    'package.json lacks its directory in the repository',
  ]);
});

test('a package depends on nothing that only this repository has', () => {
  const dependencies = { common: 'workspace:^' };
  assert.deepEqual(manifestProblems({ ...manifest, dependencies }, folder), [
    'common is asked for as workspace:^',
  ]);
});

test('links of a README lead somewhere', () => {
  const readme = [
    '[a](https://git.example/fleet/blob/main/README.md#try-it)',
    '[b](https://git.example/fleet/blob/main/docs/no-such.md)',
    '[c](../airflow/README.md) [d](#below) [e](https://backstage.io)',
  ].join('\n');
  assert.deepEqual(linkProblems(readme, manifest), [
    'README.md links to docs/no-such.md, which is not in the repository',
    'README.md links to ../airflow/README.md',
  ]);
});
