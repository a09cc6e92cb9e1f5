// How `npm run mutants` changes the code and sees whether a test notices; scripts/mutants.mjs says which code and tests.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { MUTANTS_TESTS = '*', MUTANTS_REPORT } = process.env;

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: {
    projectType: 'custom',
    configFile: require.resolve('@backstage/cli/config/jest'),
    config: {
      testMatch: MUTANTS_TESTS.split(',').map(test => `**/src/${test}.test.ts`),
    },
    // Nearly every test comes to these files in the end; those that are meant are named.
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // A constant of the module is made once for all tests, and so are the mutants in it: each would run every test.
  ignoreStatic: true,
  timeoutMS: 15_000,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: MUTANTS_REPORT },
};
