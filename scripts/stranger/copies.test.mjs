import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addedCopies, versionsOf } from './copies.mjs';

const entry = (name, version, range = `^${version}`) =>
  `"${name}@npm:${range}":\n  version: ${version}\n  resolution: "${name}@npm:${version}"\n  languageName: node`;
const lockfile = (...entries) => ['# made by Yarn', ...entries].join('\n\n');

test('finds each version of a package, and leaves out workspaces', () => {
  const versions = versionsOf(
    lockfile(
      entry('@backstage/ui', '0.17.1'),
      entry('@backstage/ui', '0.20.0'),
      entry('react', '18.3.1'),
      '"app@workspace:packages/app":\n  version: 0.0.0-use.local\n  resolution: "app@workspace:packages/app"',
    ),
  );
  assert.deepEqual(
    [...versions],
    [
      ['@backstage/ui', ['0.17.1', '0.20.0']],
      ['react', ['18.3.1']],
    ],
  );
});

test('names what an installation added a copy of', () => {
  const before = lockfile(
    entry('@backstage/ui', '0.17.1'),
    entry('react-aria', '3.48.0'),
    entry('react-aria', '3.52.1'),
    entry('zod', '4.0.0'),
  );
  const after = lockfile(
    entry('@backstage/ui', '0.17.1'),
    entry('@backstage/ui', '0.20.0'),
    entry('react-aria', '3.48.0'),
    entry('react-aria', '3.52.1'),
    entry('@backstage/theme', '0.7.4'),
    entry('zod', '4.0.0'),
    entry('zod', '3.25.0'),
  );
  assert.deepEqual(addedCopies(before, after), [
    '@backstage/ui: 0.17.1, 0.20.0',
  ]);
});
