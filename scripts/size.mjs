// How much of the frontend plugin a portal loads, and when: npm run size.
import { bundle } from './size/bundle.mjs';
import { problemsOf, report } from './size/report.mjs';
import { say } from './portal/report.mjs';

const loads = await bundle();
say(`${report(loads)}\n`);
const problems = problemsOf(loads);
problems.forEach(problem => say(`✗ ${problem}`));
if (problems.length > 0) process.exitCode = 1;
else say('✓ The first load is small, and no library of a page is in it.');
