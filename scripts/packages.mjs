// The packages as they are published: builds them, packs them into dist/ and checks each archive: npm run packages.
import path from 'node:path';
import { check } from './packages/check.mjs';
import { KNOWN } from './packages/known.mjs';
import { linters } from './packages/linters.mjs';
import { ARCHIVES, pack } from './packages/pack.mjs';
import { publishedPackages } from './packages/suite.mjs';
import { failWith, say } from './portal/report.mjs';

try {
  const packed = await pack(await publishedPackages());
  const lint = await linters();
  const known = new Set();
  let wrong = 0;
  for (const one of packed) {
    const result = await check(one, lint);
    result.known.forEach(code => known.add(code));
    wrong += result.problems.length;
    const mark = result.problems.length === 0 ? '✓' : '✗';
    say(`${mark} ${path.relative('.', one.archive)}`);
    result.problems.forEach(problem => say(`    ${problem}`));
  }
  say('\nFound, and right as it is:');
  for (const [by, reasons] of Object.entries(KNOWN)) {
    for (const [code, reason] of Object.entries(reasons)) {
      const isFound = known.has(`${by} ${code}`);
      if (!isFound) wrong += 1;
      say(
        `  ${isFound ? reason : '✗ nothing is found any more'}: ${by} ${code}`,
      );
    }
  }
  say(`\n${packed.length} archives are in ${path.relative('.', ARCHIVES)}/.`);
  process.exitCode = wrong > 0 ? 1 : 0;
} catch (error) {
  failWith(error);
}
