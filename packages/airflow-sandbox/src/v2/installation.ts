import { pageOf } from '../api/paging';
import { bundledProviders } from '../api/providers';
import { healthBody } from '../simulation/health';
import { ApiError } from './errors';
import { V2Context, V2Route } from './route';

function providers({ cluster, query }: V2Context) {
  const all = bundledProviders(cluster.simulation.version).map(p => ({
    package_name: p.package_name,
    description: p.description,
    version: p.version,
    documentation_url: `https://airflow.apache.org/docs/${p.package_name}/${p.version}/`,
  }));
  return { providers: pageOf(query, all), total_entries: all.length };
}

function configForbidden(): never {
  throw new ApiError(
    403,
    'Your Airflow administrator chose not to expose the configuration, most likely for security reasons.',
  );
}

/** What is installed, and how it is configured. */
export const installationRoutes: V2Route[] = [
  { method: 'get', path: '/providers', handle: providers },
  {
    method: 'get',
    path: '/plugins',
    handle: c => ({ plugins: pageOf(c.query, []), total_entries: 0 }),
  },
  {
    method: 'get',
    path: '/plugins/importErrors',
    since: '3.1',
    handle: () => ({ import_errors: [], total_entries: 0 }),
  },
  { method: 'get', path: '/config', handle: configForbidden },
  {
    method: 'get',
    path: '/config/section/:section/option/:option',
    handle: configForbidden,
  },
];

/** Routes that ask for no credentials. */
export const openRoutes: V2Route[] = [
  {
    method: 'get',
    path: '/version',
    handle: c => ({
      version: c.cluster.simulation.version,
      git_version: '.release:2bb14dfbbf1b1ebbdc8cd1d9f1a2a3b1d5e6c0a1',
    }),
  },
  {
    method: 'get',
    path: '/monitor/health',
    handle: c => healthBody(c.cluster.simulation),
  },
];
