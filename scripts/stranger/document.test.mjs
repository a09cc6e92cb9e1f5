import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockOf, blocksOf } from './document.mjs';

const text = [
  '# Installation',
  '## 1. Packages',
  'Run:',
  '```sh',
  'yarn add a',
  '# no heading',
  'yarn add b',
  '```',
  '## 2. Backend',
  '```ts',
  "backend.add(import('a'));",
  '```',
  '```ts',
  "backend.add(import('b'));",
  '```',
].join('\n');

test('finds the blocks of a document under their headings', () => {
  assert.deepEqual(blocksOf(text), [
    {
      heading: '1. Packages',
      language: 'sh',
      text: 'yarn add a\n# no heading\nyarn add b',
    },
    {
      heading: '2. Backend',
      language: 'ts',
      text: "backend.add(import('a'));",
    },
    {
      heading: '2. Backend',
      language: 'ts',
      text: "backend.add(import('b'));",
    },
  ]);
});

test('takes the one block that is meant, and says when it is not the only one', () => {
  const blocks = blocksOf(text);
  assert.equal(
    blockOf(blocks, { heading: '2.', language: 'ts', holding: "'b'" }),
    "backend.add(import('b'));",
  );
  assert.throws(
    () => blockOf(blocks, { heading: '2.', language: 'ts' }),
    /has 2 blocks of ts under "2\."/,
  );
});
