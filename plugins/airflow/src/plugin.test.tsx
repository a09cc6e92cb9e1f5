import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { FlatRoutes } from '@backstage/core-app-api';
import { configApiRef } from '@backstage/core-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Route } from 'react-router-dom';
import airflowPlugin, {
  AirflowApiError,
  airflowApiRef,
  type AirflowApi,
} from '.';
import { AirflowPage } from './legacy';

const healthy: Cluster = {
  name: 'prod-eu',
  title: 'Production EU',
  environment: 'production',
  owner: null,
  tags: [],
  readOnly: false,
  webUrl: 'http://airflow.example',
  airflowVersion: '2.11.2',
  apiVersion: 'v1',
  capabilities: [],
  status: 'healthy',
  problem: null,
  clock: null,
  mayWrite: null,
  components: [
    { name: 'scheduler', status: 'healthy', heartbeatAt: null },
    { name: 'triggerer', status: 'absent', heartbeatAt: null },
  ],
  counts: {
    dags: 41,
    pausedDags: 2,
    importErrors: 1,
    runningRuns: 3,
    queuedRuns: 0,
    failedRuns24h: 5,
  },
  collections: [
    {
      kind: 'health',
      lastAttemptAt: '2026-11-23T12:00:00.000Z',
      lastSuccessAt: '2026-11-23T12:00:00.000Z',
      durationMs: 12,
      requests: 1,
      skippedRows: 0,
      problem: null,
    },
  ],
};

const broken: Cluster = {
  ...healthy,
  name: 'research',
  title: 'Research',
  status: 'unreachable',
  problem: {
    code: 'tls',
    message: 'The TLS certificate of research has expired.',
    hint: 'Renew it.',
  },
  components: [],
  counts: null,
  collections: [],
};

/** An API that answers the list of clusters, and nothing else, with what is given. */
function apiAnswering(answer: () => Promise<unknown>): AirflowApi {
  return {
    call: async endpoint => {
      expect(endpoint).toBe(airflowEndpoints.listClusters);
      return endpoint.response.parse(await answer());
    },
    stream: () => {
      throw new Error('nothing is streamed here');
    },
    download: async () => new Blob(),
  };
}

const both = apiAnswering(async () => ({ items: [healthy, broken] }));

/** The texts of the cluster cards, once they are there. */
async function shownClusters(): Promise<string[]> {
  await screen.findAllByRole('link', { name: /Open Airflow/ });
  return [...document.querySelectorAll('[data-kind="cluster-card"]')].map(
    card => card.textContent ?? '',
  );
}

const bothShown = [
  expect.stringMatching(/Production EU.*healthy.*triggerer: absent.*DAGs41/),
  expect.stringMatching(
    /Research.*cannot be read.*has expired\. Renew it\..*never read/,
  ),
];

type AppConfig = NonNullable<
  NonNullable<Parameters<typeof renderTestApp>[0]>['config']
>;

describe('the plugin in the new frontend system', () => {
  const renderAt = (
    api: AirflowApi,
    {
      config = {},
      root = '/airflow',
    }: { config?: AppConfig; root?: string } = {},
  ) =>
    renderTestApp({
      features: [airflowPlugin],
      initialRouteEntries: [`${root}/clusters`],
      config,
      apis: [[airflowApiRef, api]],
    });
  const links = { path: '/data/airflow' };

  it('shows every cluster with why it is not well', async () => {
    renderAt(both);
    expect(await shownClusters()).toEqual(bothShown);
  });

  it('never shows figures for a cluster that was not read', async () => {
    renderAt(apiAnswering(async () => ({ items: [broken] })));
    expect(await shownClusters()).toEqual([expect.not.stringMatching(/DAGs/)]);
  });

  it('says what the backend refused, with its hint', async () => {
    renderAt(
      apiAnswering(async () => {
        throw new AirflowApiError(403, {
          code: 'not-allowed',
          message: 'You may not read clusters.',
          hint: 'Ask the platform team for airflow.cluster.read.',
        });
      }),
    );
    expect(
      await screen.findByText(/You may not read clusters\. Ask the platform/),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  });

  it('is where links lead that the backend writes', async () => {
    renderAt(both, { config: { airflow: { links } }, root: '/data/airflow' });
    expect(await shownClusters()).toEqual(bothShown);
    expect(screen.getByRole('link', { name: 'Alerts' })).toHaveAttribute(
      'href',
      '/data/airflow/alerts',
    );
    expect(screen.queryByText(/link to/)).not.toBeInTheDocument();
  });

  it('says so when it was moved away from where links lead', async () => {
    const moved = { 'page:airflow': { config: { path: '/pipelines' } } };
    renderAt(both, {
      config: { app: { extensions: [moved] }, airflow: { links } },
      root: '/pipelines',
    });
    expect(await shownClusters()).toEqual(bothShown);
    expect(screen.getByText(/the search link to/)).toHaveTextContent(
      'link to /data/airflow, where these pages are not',
    );
    expect(screen.getByText(/Set airflow\.links\.path/)).toHaveTextContent(
      'They are at /pipelines.',
    );
  });

  it('says how to add the first cluster', async () => {
    renderAt(apiAnswering(async () => ({ items: [] })));
    expect(await screen.findByText(/airflow\.clusters/)).toBeInTheDocument();
  });
});

describe('the plugin in the old frontend system', () => {
  const renderAt = (root: string, config: AppConfig) =>
    renderInTestApp(
      <TestApiProvider
        apis={[
          [airflowApiRef, both],
          [configApiRef, mockApis.config({ data: config })],
        ]}
      >
        <FlatRoutes>
          <Route path={root} element={<AirflowPage />} />
        </FlatRoutes>
      </TestApiProvider>,
      { routeEntries: [`${root}/clusters`] },
    );

  it('shows the same page', async () => {
    await renderAt('/airflow', {});
    expect(await shownClusters()).toEqual(bothShown);
    expect(screen.queryByText(/link to/)).not.toBeInTheDocument();
  });

  it('says so where links of the backend do not lead to its route', async () => {
    await renderAt('/data/airflow', {});
    expect(await screen.findByText(/the search link to/)).toHaveTextContent(
      'link to /airflow, where these pages are not',
    );
  });

  it('is content where the configuration names its route', async () => {
    await renderAt('/data/airflow', {
      airflow: { links: { path: '/data/airflow' } },
    });
    expect(await shownClusters()).toEqual(bothShown);
    expect(screen.queryByText(/link to/)).not.toBeInTheDocument();
  });
});
