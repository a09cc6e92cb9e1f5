import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';
import { AirflowBackendClient } from '@airflow-fleet/backstage-plugin-airflow-node';
import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import type { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { AirflowClusterProvider } from './AirflowClusterProvider';

const production: Cluster = {
  name: 'prod-eu',
  title: 'Production EU',
  environment: 'production',
  owner: 'group:default/platform',
  tags: ['europe', 'Not A Catalog Tag'],
  readOnly: false,
  webUrl: 'http://airflow.example',
  airflowVersion: '2.11.2',
  apiVersion: 'v1',
  capabilities: [],
  status: 'healthy',
  problem: null,
  components: [],
  clock: null,
  mayWrite: null,
  counts: null,
  collections: [],
};

describe('AirflowClusterProvider', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  /** Connects a provider and hands over what it is scheduled to do. */
  async function connected(options: {
    defaultOwner?: string;
    system?: string;
  }) {
    const connection = {
      applyMutation: jest.fn<
        ReturnType<EntityProviderConnection['applyMutation']>,
        Parameters<EntityProviderConnection['applyMutation']>
      >(async () => {}),
      refresh: jest.fn(async () => {}),
    };
    const scheduled: (() => Promise<void>)[] = [];
    const provider = new AirflowClusterProvider({
      ...options,
      airflow: new AirflowBackendClient({
        auth: mockServices.auth(),
        discovery: mockServices.discovery(),
      }),
      runner: {
        run: async ({ fn }) => {
          scheduled.push(async () => fn(new AbortController().signal));
        },
      },
    });
    await provider.connect(connection);
    return { connection, refresh: () => scheduled[0]() };
  }

  it('gives the catalog every cluster as a resource', async () => {
    server.use(
      http.get('*/api/airflow/clusters', () =>
        HttpResponse.json({
          items: [production, { ...production, name: 'lab', owner: null }],
        }),
      ),
    );
    const { connection, refresh } = await connected({
      defaultOwner: 'group:default/data',
      system: 'data-platform',
    });
    await refresh();
    expect(connection.applyMutation).toHaveBeenCalledTimes(1);
    expect(connection.applyMutation.mock.calls[0][0]).toMatchObject({
      type: 'full',
      entities: [
        {
          locationKey: 'airflow-clusters',
          entity: {
            kind: 'Resource',
            metadata: {
              name: 'prod-eu',
              title: 'Production EU',
              tags: ['europe'],
              annotations: { 'airflow.apache.org/cluster': 'prod-eu' },
            },
            spec: {
              type: 'airflow-cluster',
              owner: 'group:default/platform',
              system: 'data-platform',
            },
          },
        },
        { entity: { spec: { owner: 'group:default/data' } } },
      ],
    });
    expect(
      JSON.stringify(connection.applyMutation.mock.calls[0][0]),
    ).not.toContain('airflow.example');
  });

  it('leaves the catalog as it is when the clusters cannot be read', async () => {
    server.use(
      http.get('*/api/airflow/clusters', () =>
        HttpResponse.json({}, { status: 503 }),
      ),
    );
    const { connection, refresh } = await connected({});
    await expect(refresh()).rejects.toThrow(/503/);
    expect(connection.applyMutation).not.toHaveBeenCalled();
  });
});
