// Prints "passed failed" of one stage: node .ci/count.mjs RESULTS.json EXIT_CODE.
// Understands the JSON of Jest and of Playwright; without results a stage is one check.
import { existsSync, readFileSync } from 'node:fs';

const [file, exitCode] = process.argv.slice(2);
const succeeded = exitCode === '0';

function count() {
  if (!existsSync(file)) return { passed: succeeded ? 1 : 0, failed: 0 };
  const results = JSON.parse(readFileSync(file, 'utf8'));
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

const { passed, failed } = count();
// A stage that failed without a failing test (a crash, no tests found) still failed.
process.stdout.write(`${passed} ${succeeded ? failed : Math.max(failed, 1)}\n`);
