// Prints "passed failed" of one stage: node .ci/count.mjs RESULTS.json EXIT_CODE.
// Without results a stage is one check.
import { existsSync, readFileSync } from 'node:fs';
import { countOf } from '../scripts/results.mjs';

const [file, exitCode] = process.argv.slice(2);
const succeeded = exitCode === '0';

const { passed, failed } = existsSync(file)
  ? countOf(JSON.parse(readFileSync(file, 'utf8')))
  : { passed: succeeded ? 1 : 0, failed: 0 };
// A stage that failed without a failing test (a crash, no tests found) still failed.
process.stdout.write(`${passed} ${succeeded ? failed : Math.max(failed, 1)}\n`);
