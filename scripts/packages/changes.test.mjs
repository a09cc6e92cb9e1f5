import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withRelease } from './changes.mjs';

test('what was to come is a release', () => {
  assert.equal(
    withRelease('# Changes\n\n## To come\n\n- a\n', '0.2.0', '2026-12-01'),
    '# Changes\n\n## 0.2.0, 2026-12-01\n\n- a\n',
  );
});

test('a release says what it brings', () => {
  assert.throws(() => withRelease('# Changes\n', '0.2.0', '2026-12-01'), {
    message: /no section "## To come"/,
  });
});
