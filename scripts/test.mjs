// All tests that need no server: `npm test [-- jest arguments]`. Databases on SQLite.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { runToEnd } from './portal/processes.mjs';
import { CACHE } from './portal/paths.mjs';
import { duration, say } from './portal/report.mjs';
import { countOf, failuresOf } from './results.mjs';

const FOLDER = path.join(CACHE, 'test');
const UNIT = path.join(FOLDER, 'unit.json');
const SCRIPTS = path.join(FOLDER, 'scripts.tap');
const ALL = path.join(FOLDER, 'all.json');

const started = Date.now();
const args = process.argv.slice(2);
await mkdir(FOLDER, { recursive: true });
for (const file of [UNIT, SCRIPTS, ALL]) await rm(file, { force: true });

say('› Tests of all packages and plugins, databases on SQLite …');
const jest = await runToEnd(
  'backstage-cli',
  [
    'repo',
    'test',
    // One more than there are cores, for some of the time a simulated Airflow is waited for.
    `--maxWorkers=${availableParallelism() + 1}`,
    '--json',
    `--outputFile=${UNIT}`,
    ...args,
  ],
  {
    env: {
      ...process.env,
      CI: '1',
      // Docker would bring other databases than the one that is meant.
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
    },
  },
);
const counts = [await unitCounts()];
// Jest's arguments choose among Jest's tests.
if (args.length === 0) counts.push(await scriptTests());
process.exitCode = jest || (counts.some(({ failed }) => failed > 0) ? 1 : 0);

const sum = key => counts.reduce((total, count) => total + count[key], 0);
const all = {
  passed: sum('passed'),
  failed: sum('failed'),
  failures: counts.flatMap(({ failures }) => failures),
};
await writeFile(ALL, JSON.stringify(all));
say(
  `${process.exitCode ? '✗' : '✓'} ${all.passed} tests passed, ${
    all.failed
  } failed (${duration(Date.now() - started)})`,
);

async function unitCounts() {
  const text = await readFile(UNIT, 'utf8').catch(() => undefined);
  if (!text) {
    say('✗ The tests did not run to their end.');
    return { passed: 0, failed: 1, failures: [] };
  }
  const results = JSON.parse(text);
  return { ...countOf(results), failures: failuresOf(results) };
}

/** The tests beside the scripts, which run without Jest as the scripts do without packages. */
async function scriptTests() {
  say('› Tests of the scripts …');
  const code = await runToEnd(process.execPath, [
    '--test',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${SCRIPTS}`,
    'scripts/**/*.test.mjs',
  ]);
  const tap = await readFile(SCRIPTS, 'utf8');
  const count = word =>
    Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const failed = Math.max(count('fail'), code === 0 ? 0 : 1);
  return {
    passed: count('pass'),
    failed,
    failures:
      failed > 0 ? [{ test: 'the tests of the scripts', message: tap }] : [],
  };
}
