import { bundledProviders } from '../api/providers';
import { healthBody } from '../simulation/health';
import { PAGE, Problem, V1Context, V1Route } from './http';

function version({ cluster }: V1Context) {
  return {
    git_version: '.release:6f3ea7d4',
    version: cluster.simulation.version,
  };
}

const forbiddenConfig = () => {
  throw new Problem(
    403,
    'Forbidden',
    'Your Airflow administrator chose not to expose the configuration, most likely for security reasons.',
  );
};

/** What is installed, and how it is configured. */
export const installationRoutes: V1Route[] = [
  {
    method: 'get',
    path: '/providers',
    restricted: true,
    handle: c => {
      const providers = bundledProviders(c.cluster.simulation.version);
      return { providers, total_entries: providers.length };
    },
  },
  {
    method: 'get',
    path: '/plugins',
    restricted: true,
    query: PAGE,
    handle: () => ({ plugins: [], total_entries: 0 }),
  },
  {
    method: 'get',
    path: '/config',
    query: ['section'],
    handle: forbiddenConfig,
  },
  {
    method: 'get',
    path: '/config/section/:section/option/:option',
    handle: forbiddenConfig,
  },
];

export const healthRoute: V1Route = {
  method: 'get',
  path: '/health',
  handle: c => healthBody(c.cluster.simulation),
};

/** Routes that ask for no credentials. */
export const openRoutes: V1Route[] = [
  { method: 'get', path: '/version', handle: version },
  healthRoute,
];
