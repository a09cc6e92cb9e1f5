import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linksOf, withAbsoluteLinks } from './links.mjs';

const markdown = [
  'See [the docs](../../docs/install.md#2-backend), [the API](openapi.json),',
  '[Backstage](https://backstage.io) and [below](#pages).',
  '![A page](../../docs/images/dag.png)',
  '```ts',
  'const a = [b](c);',
  '```',
].join('\n');

test('links of a package lead to the repository', () => {
  const packed = withAbsoluteLinks(
    markdown,
    'plugins/airflow',
    'https://git.example/fleet',
  );
  assert.deepEqual(linksOf(packed), [
    'https://git.example/fleet/blob/main/docs/install.md#2-backend',
    'https://git.example/fleet/blob/main/plugins/airflow/openapi.json',
    'https://backstage.io',
    '#pages',
    'https://git.example/fleet/raw/main/docs/images/dag.png',
  ]);
  assert.match(packed, /const a = \[b\]\(c\);/);
});
