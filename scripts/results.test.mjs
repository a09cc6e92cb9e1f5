import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countOf, failuresOf, inOne } from './results.mjs';

const jest = {
  numPassedTests: 2,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 1,
  testResults: [
    {
      name: 'a.test.ts',
      message: 'all of the file',
      assertionResults: [
        { status: 'passed', fullName: 'a is', failureMessages: [] },
        {
          status: 'failed',
          fullName: 'a does',
          failureMessages: ['\u001b[31mexpected 1\u001b[39m'],
        },
      ],
    },
    { name: 'b.test.ts', message: 'no such module', assertionResults: [] },
  ],
};

const playwright = (title, status) => ({
  stats: {
    expected: status === 'expected' ? 1 : 0,
    flaky: 0,
    unexpected: status === 'unexpected' ? 1 : 0,
  },
  errors: [],
  suites: [
    {
      title: 'pages.spec.ts',
      specs: [],
      suites: [
        {
          title: 'pages',
          specs: [
            {
              title,
              tests: [
                {
                  status,
                  results: [
                    { errors: [{ message: 'first try' }] },
                    {
                      errors: [{ message: 'second try' }],
                      attachments: [
                        { name: 'screenshot', path: 'second.png' },
                        { name: 'error-context', path: 'second.md' },
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
});

test('of Jest a file that does not run is a failure', () => {
  assert.deepEqual(countOf(jest), { passed: 2, failed: 2 });
  assert.deepEqual(failuresOf(jest), [
    { test: 'a.test.ts: a does', message: 'expected 1' },
    { test: 'b.test.ts', message: 'no such module' },
  ]);
});

test('of Playwright each try is told, and runs are as one', () => {
  const all = inOne([
    playwright('are there', 'expected'),
    playwright('are readable', 'unexpected'),
  ]);
  assert.deepEqual(countOf(all), { passed: 1, failed: 1 });
  assert.deepEqual(failuresOf(all), [
    {
      test: 'pages.spec.ts: pages: are readable',
      message: 'first try\nsecond try',
      page: 'second.md',
    },
  ]);
});

test('what is counted already stays so', () => {
  const all = {
    passed: 3,
    failed: 1,
    failures: [{ test: 'x', message: 'y' }],
  };
  assert.deepEqual(countOf(all), { passed: 3, failed: 1 });
  assert.deepEqual(failuresOf(all), all.failures);
});
