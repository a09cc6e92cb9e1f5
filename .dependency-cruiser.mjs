// The arrows of docs/architecture.md: who may import whom, and nothing in a circle. `npm run layers` checks them.

/** Tests go through the front door and below it; what they need is no part of the product. */
const TESTS =
  '[.]test[.]tsx?$|/__testUtils__/|/setupTests[.]ts$|/__contract__/';

/** Rooms of the backend from the ground up. Those of one line do not know each other. */
const BACKEND = [
  ['masked', 'pace'],
  ['model'],
  ['airflow'],
  ['insights'],
  ['channels', 'rules'],
  ['config'],
  ['clusters', 'store'],
  ['ownership', 'permissions'],
  ['alerts', 'collectors'],
  ['services'],
  ['api'],
];

/** Rooms of the frontend from the ground up. */
const FRONTEND = [['routes'], ['data'], ['ui'], ['features'], ['pages']];

/** What every page is drawn with, from the ground up. */
const UI = [
  ['address', 'clusterName', 'markdown', 'time'],
  ['clusterState', 'feedback', 'filters', 'schedule', 'state'],
  ['layout'],
  ['columns'],
];

function among(folder, names) {
  return `^${folder}/(${names.join('|')})([.]tsx?$|/)`;
}

/** For each room, that it knows nothing of its line and of the lines above. */
function upward(name, folder, lines) {
  return lines.flatMap((line, at) =>
    line.map(room => ({
      name,
      comment: `${room} is below what it imports here, or beside it`,
      severity: 'error',
      from: { path: among(folder, [room]), pathNot: TESTS },
      to: {
        path: among(folder, lines.slice(at).flat()),
        pathNot: among(folder, [room]),
      },
    })),
  );
}

function never(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

/** The packages, and which of the others each of them may import. */
const PACKAGES = {
  'plugins/airflow-common': [],
  'plugins/airflow-node': ['plugins/airflow-common'],
  'plugins/airflow-backend': ['plugins/airflow-common', 'plugins/airflow-node'],
  'plugins/airflow': ['plugins/airflow-common'],
  'plugins/catalog-backend-module-airflow': [
    'plugins/airflow-common',
    'plugins/airflow-node',
  ],
  'plugins/search-backend-module-airflow': [
    'plugins/airflow-common',
    'plugins/airflow-node',
  ],
  'packages/airflow-sandbox': [],
};

function packageRules() {
  return Object.entries(PACKAGES).map(([folder, known]) =>
    never(
      'package',
      `The product in ${folder} imports no more than ${
        known.join(', ') || 'itself'
      }.`,
      { path: `^${folder}/`, pathNot: TESTS },
      {
        path: '^(packages|plugins|scripts|bench|trial|e2e-tests)/',
        pathNot: `^(${[folder, ...known].join('|')})/`,
      },
    ),
  );
}

export default {
  forbidden: [
    never(
      'circle',
      'Nothing is in a circle, types neither.',
      {},
      {
        circular: true,
      },
    ),
    never(
      'kit',
      'What the rooms of a folder share knows none of them.',
      {
        path: '^plugins/airflow-backend/src/(store|services)/kit/',
        pathNot: TESTS,
      },
      { path: '^plugins/airflow-backend/src/$1/(?!kit/)' },
    ),
    never(
      'contract-by-name',
      'The contract imports the rest of its package by its name, so that its API report names what it means.',
      { path: '^plugins/airflow-common/src/contract/', pathNot: TESTS },
      { path: '^plugins/airflow-common/src/(?!contract/|index[.]ts$)' },
    ),
    never(
      'face-without-contract',
      'The main entry is for those who know nothing of the contract.',
      { path: '^plugins/airflow-common/src/(?!contract/)', pathNot: TESTS },
      { path: '^plugins/airflow-common/src/contract/' },
    ),
    never(
      'nowhere',
      'Every import leads somewhere.',
      {},
      {
        couldNotResolve: true,
      },
    ),
    never(
      'test-in-product',
      'The product imports nothing of tests.',
      { path: '^plugins/', pathNot: TESTS },
      { path: TESTS },
    ),
    ...packageRules(),
    ...upward('backend-upward', 'plugins/airflow-backend/src', BACKEND),
    never(
      'api-asks-services',
      'What the API answers it has from services; of the client it knows errors and logs.',
      { path: '^plugins/airflow-backend/src/api/', pathNot: TESTS },
      {
        path: among(
          'plugins/airflow-backend/src',
          BACKEND.flat().filter(
            room => !['api', 'services', 'airflow', 'pace'].includes(room),
          ),
        ),
      },
    ),
    never(
      'sql-in-store',
      'SQL is in the store and nowhere else.',
      {
        path: '^plugins/[^/]+/src/',
        pathNot: `^plugins/airflow-backend/src/store/|${TESTS}`,
      },
      { path: '(^|/)node_modules/knex/' },
    ),
    ...upward('frontend-upward', 'plugins/airflow/src', FRONTEND),
    ...upward('ui-upward', 'plugins/airflow/src/ui', UI),
    never(
      'page-by-route',
      'Only the router imports a page; what pages share is a feature.',
      {
        path: '^plugins/airflow/src/(pages/[^/]+|[^/]+)',
        pathNot: `^plugins/airflow/src/pages/AirflowRouter/|${TESTS}`,
      },
      {
        path: '^plugins/airflow/src/pages/[A-Za-z]+Page/',
        pathNot: '^plugins/airflow/src/($1|pages/LegacyPage)/',
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(plugins|packages)/[^/]+/dist/|^dist-types/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
