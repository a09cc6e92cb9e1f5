import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXPECTED, LIMIT, problemsOf, report } from './report.mjs';

const entry = {
  name: './legacy',
  isEntry: true,
  bytes: LIMIT,
  packages: EXPECTED,
};
const page = {
  name: 'graph',
  isEntry: false,
  bytes: 2 * LIMIT,
  packages: ['@dagrejs/dagre', 'zod'],
};

test('a first load up to the limit and pages of any size are well', () => {
  assert.deepEqual(problemsOf([entry, page]), []);
});

test('a first load above the limit is told with its size', () => {
  const [problem, ...others] = problemsOf([{ ...entry, bytes: LIMIT + 1_000 }]);
  assert.match(problem, /"\.\/legacy" takes 101\.0 kB, more than 100\.0 kB/);
  assert.deepEqual(others, []);
});

test('a library that slips into the first load is named, however small', () => {
  const packages = [...EXPECTED, '@dagrejs/dagre'];
  const [problem, ...others] = problemsOf([{ ...entry, packages }, page]);
  assert.match(problem, /"\.\/legacy" holds @dagrejs\/dagre\./);
  assert.deepEqual(others, []);
});

test('of a page the packages are told that the first load has not', () => {
  const lines = report([entry, page]).split('\n');
  assert.ok(lines.includes('| `graph` | 200.0 kB | @dagrejs/dagre |'));
});
