// Whether the tests notice when the code is changed: npm run mutants [-- file …], each file named from `src` on.
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, ROOT } from './portal/paths.mjs';
import { runToEnd } from './portal/processes.mjs';
import { FriendlyError, say } from './portal/report.mjs';

const BACKEND = path.join(ROOT, 'plugins', 'airflow-backend');
const FOLDER = path.join(CACHE, 'mutants');

/** What decides, by which tests: the nearest ones, since one that begins at the API takes seconds for each change. */
const TESTED_BY = {
  'alerts/inhibition.ts': ['alerts/inhibition'],
  'alerts/lifecycle.ts': ['alerts/lifecycle'],
  'alerts/decide.ts': ['alerts/decide'],
  'alerts/calm.ts': ['alerts/calm'],
  'services/kit/Gate.ts': ['api/declared', 'api/refusals'],
  'store/kit/permissionSql.ts': ['store/kit/permissionSql'],
  'permissions/grants.ts': ['permissions/grants', 'store/kit/permissionSql'],
  'store/kit/keyset.ts': ['store/dags/DagStore', 'store/runs/RunStore'],
  'store/kit/cursor.ts': ['store/dags/DagStore', 'store/runs/RunStore'],
  'rules/*.ts': ['rules/*'],
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter(file => !(file in TESTED_BY));
if (unknown.length > 0) {
  throw new FriendlyError(
    `No tests are named for ${unknown.join(', ')}.`,
    `Known are ${Object.keys(TESTED_BY).join(', ')}.`,
  );
}

await mkdir(FOLDER, { recursive: true });
const survived = [];
for (const file of chosen.length > 0 ? chosen : Object.keys(TESTED_BY)) {
  say(`› Mutants of ${file} …`);
  survived.push(...(await survivorsOf(file)));
}
say(
  `${survived.length} survived${survived.map(line => `\n  ${line}`).join('')}`,
);

/** Those that no test noticed, a line each. */
async function survivorsOf(file) {
  const report = path.join(FOLDER, `${file.replaceAll(/[/*]/g, '_')}.json`);
  const code = await runToEnd(
    'stryker',
    ['run', path.join(ROOT, 'stryker.config.mjs'), '--mutate', `src/${file}`],
    {
      cwd: BACKEND,
      env: {
        ...process.env,
        CI: '1',
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        MUTANTS_REPORT: report,
        MUTANTS_TESTS: TESTED_BY[file].join(','),
      },
    },
  );
  if (code !== 0)
    throw new FriendlyError(
      `Stryker ended with ${code}.`,
      'What it says of it is above.',
    );
  const { files } = JSON.parse(await readFile(report, 'utf8'));
  return Object.entries(files).flatMap(([name, { mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(
        ({ location, mutatorName, replacement }) =>
          `${name}:${location.start.line} ${mutatorName}: ${replacement}`,
      ),
  );
}
