import {
  airflowEndpoints,
  type Cluster,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { FlatRoutes } from '@backstage/core-app-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
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

describe('the plugin in the new frontend system', () => {
  const renderAt = (api: AirflowApi) =>
    renderTestApp({
      features: [airflowPlugin],
      initialRouteEntries: ['/airflow/clusters'],
      apis: [[airflowApiRef, api]],
    });

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

  it('says how to add the first cluster', async () => {
    renderAt(apiAnswering(async () => ({ items: [] })));
    expect(await screen.findByText(/airflow\.clusters/)).toBeInTheDocument();
  });
});

describe('the plugin in the old frontend system', () => {
  it('shows the same page', async () => {
    await renderInTestApp(
      <TestApiProvider apis={[[airflowApiRef, both]]}>
        <FlatRoutes>
          <Route path="/airflow" element={<AirflowPage />} />
        </FlatRoutes>
      </TestApiProvider>,
      { routeEntries: ['/airflow/clusters'] },
    );
    expect(await shownClusters()).toEqual(bothShown);
  });
});
