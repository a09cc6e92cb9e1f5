import {
  airflowClusterReadPermission,
  airflowDagReadPermission,
  airflowPaths,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { AirflowBackendClient } from '@airflow-fleet/backstage-plugin-airflow-node';
import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { TestPipeline } from '@backstage/plugin-search-backend-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type { z } from 'zod';
import { clusterCollator, dagCollator } from './collators';

type Documents = z.input<
  typeof airflowEndpoints.listDagDocuments.response
>['items'];

const orders: Documents[number] = {
  cluster: 'prod-eu',
  dagId: 'team/load orders',
  displayName: 'Load orders',
  description: 'Orders of the last hour',
  docs: '# Runbook\nAsk the **warehouse** people',
  tags: ['team:payments'],
  owners: ['payments'],
  ownerRef: 'group:default/payments',
  schedule: {
    kind: 'cron',
    expression: '0 * * * *',
    description: 'Every hour',
  },
  paused: false,
  presence: 'broken',
  lastRunState: 'failed',
};

const cluster: z.input<
  typeof airflowEndpoints.listClusters.response
>['items'][number] = {
  name: 'prod-eu',
  title: 'Production EU',
  environment: 'production',
  owner: 'group:default/platform',
  tags: ['europe'],
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

describe('collators', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  const airflow = new AirflowBackendClient({
    auth: mockServices.auth(),
    discovery: mockServices.discovery(),
  });

  const paths = airflowPaths('/data/airflow');

  function answering(pages: Record<string, Documents>) {
    const places = Object.keys(pages);
    server.use(
      http.get('*/api/airflow/clusters', () =>
        HttpResponse.json({ items: [cluster] }),
      ),
      http.get('*/api/airflow/dag-documents', ({ request }) => {
        const { searchParams } = new URL(request.url);
        const place = searchParams.get('cursor') ?? '';
        const next = places[places.indexOf(place) + 1] ?? null;
        return HttpResponse.json({ items: pages[place], nextCursor: next });
      }),
    );
  }

  it('index what authors wrote about their DAGs, of every page', async () => {
    answering({
      '': [orders],
      two: [{ ...orders, dagId: 'other', ownerRef: null }],
    });
    const collator = await dagCollator(airflow, paths).getCollator();
    const { documents } = await TestPipeline.fromCollator(collator).execute();
    expect(documents).toMatchObject([
      {
        kind: 'dag',
        title: 'Load orders',
        text: expect.stringContaining('\nAsk the warehouse people\n'),
        location: '/data/airflow/clusters/prod-eu/dags/team%2Fload%20orders',
        owner: 'group:default/payments',
        state: 'failed',
        authorization: { resourceRef: 'prod-eu/team/load orders' },
      },
      { kind: 'dag', dagId: 'other', owner: 'payments' },
    ]);
  });

  it('index the clusters', async () => {
    answering({});
    const collator = await clusterCollator(airflow, paths).getCollator();
    const { documents } = await TestPipeline.fromCollator(collator).execute();
    expect(documents).toMatchObject([
      {
        kind: 'cluster',
        title: 'Production EU',
        location: '/data/airflow/clusters/prod-eu',
        cluster: 'prod-eu',
        authorization: { resourceRef: 'prod-eu' },
      },
    ]);
  });

  it('have the search ask whether the reader may see each of them', () => {
    expect(dagCollator(airflow, paths).visibilityPermission).toBe(
      airflowDagReadPermission,
    );
    expect(clusterCollator(airflow, paths).visibilityPermission).toBe(
      airflowClusterReadPermission,
    );
  });

  it.each([dagCollator, clusterCollator])(
    'fail when the Airflow backend does, so that the last index is kept',
    async collatorOf => {
      const broken = () =>
        HttpResponse.json({ message: 'no' }, { status: 500 });
      server.use(
        http.get('*/api/airflow/clusters', broken),
        http.get('*/api/airflow/dag-documents', broken),
      );
      const collator = await collatorOf(airflow, paths).getCollator();
      const { error } = await TestPipeline.fromCollator(collator).execute();
      expect(error).toMatchObject({ name: 'ResponseError', statusCode: 500 });
    },
  );
});
