// What the results of Jest, of Playwright and of `npm test` say alike.
import { stripVTControlCharacters } from 'node:util';

/** How many tests passed and failed. */
export function countOf(results) {
  if ('numPassedTests' in results) {
    return {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    };
  }
  if ('stats' in results) {
    return {
      passed: results.stats.expected + results.stats.flaky,
      failed: results.stats.unexpected,
    };
  }
  return { passed: results.passed, failed: results.failed };
}

/** The results of several runs of Playwright as those of one. */
export function inOne(runs) {
  const sum = key => runs.reduce((total, { stats }) => total + stats[key], 0);
  return {
    stats: {
      expected: sum('expected'),
      flaky: sum('flaky'),
      unexpected: sum('unexpected'),
    },
    errors: runs.flatMap(({ errors }) => errors),
    suites: runs.flatMap(({ suites }) => suites),
  };
}

/** The name of each test that failed, what it says, and the file with what its page showed, if it has one. */
export function failuresOf(results) {
  const found =
    results.failures ??
    (results.testResults ?? []).flatMap(failuresOfJest).concat(
      // What went wrong outside of any test.
      (results.errors ?? []).map(({ message }) => ({ test: 'all', message })),
      (results.suites ?? []).flatMap(suite => failuresOfPlaywright(suite)),
    );
  return found.map(({ message, ...failure }) => ({
    ...failure,
    message: stripVTControlCharacters(message).trim(),
  }));
}

function failuresOfJest({ name, message, assertionResults }) {
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  // A file that could not be run has no test that failed.
  if (failed.length === 0 && assertionResults.length === 0 && message) {
    return [{ test: name, message }];
  }
  return failed.map(({ fullName, failureMessages }) => ({
    test: `${name}: ${fullName}`,
    message: failureMessages.join('\n'),
  }));
}

function failuresOfPlaywright({ title, suites = [], specs = [] }, above = []) {
  const path = [...above, title];
  const own = specs.flatMap(spec =>
    spec.tests
      .filter(({ status }) => status === 'unexpected')
      .map(({ results }) => ({
        test: [...path, spec.title].join(': '),
        message: results
          .flatMap(({ errors }) => errors)
          .map(({ message }) => message)
          .join('\n'),
        page: results
          .flatMap(({ attachments = [] }) => attachments)
          .findLast(({ name }) => name === 'error-context')?.path,
      })),
  );
  return [
    ...own,
    ...suites.flatMap(suite => failuresOfPlaywright(suite, path)),
  ];
}
