import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSupported } from './python.mjs';
import { environmentOf, VERSIONS } from './versions.mjs';

for (const [version, expected] of [
  ['3.9.18', false],
  ['3.10.13', false],
  ['3.11.7', true],
  ['3.12.1', true],
  ['3.13.1', false],
  ['2.7.18', false],
  ['', false],
]) {
  test(`Python ${version || 'unknown'} is ${
    expected ? '' : 'not '
  }supported`, () => {
    assert.equal(isSupported(version), expected);
  });
}

test('both Airflows read the same DAGs, on databases of their own', () => {
  const [two, three] = [2, 3].map(major => environmentOf(VERSIONS[major]));
  assert.equal(
    two.AIRFLOW__CORE__DAGS_FOLDER,
    three.AIRFLOW__CORE__DAGS_FOLDER,
  );
  assert.notEqual(
    two.AIRFLOW__DATABASE__SQL_ALCHEMY_CONN,
    three.AIRFLOW__DATABASE__SQL_ALCHEMY_CONN,
  );
});
