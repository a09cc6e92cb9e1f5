import { airflowAnnotations } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import airflowPlugin, { airflowApiRef, type AirflowApi } from '../..';
import { alertOf, pageOf } from '../../__testUtils__/alerts';
import { clusterOf, dagOf } from '../../__testUtils__/dags';
import {
  EntityAirflowAlertsCard,
  EntityAirflowNextRunsCard,
  EntityAirflowStatusCard,
  isAirflowAvailable,
} from '../../legacy';
import { rootRouteRef } from '../../routes';

const coverage = [
  { cluster: 'prod-eu', readAt: '2026-11-24T12:00:00.000Z', stale: false },
];
const nothing = { items: [], nextCursor: null, total: 0, coverage };

/** Keeps what it was asked, and knows of no DAG. */
function listeningApi() {
  const asked: { operation: string; query: unknown }[] = [];
  const api: AirflowApi = {
    call: async (endpoint, { query }) => {
      asked.push({ operation: endpoint.operationId, query });
      return endpoint.response.parse(nothing);
    },
    stream: () => {
      throw new Error('nothing is streamed here');
    },
    download: async () => new Blob(),
  };
  return { asked, api };
}

function entityWith(annotations: Record<string, string>) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'order-service', annotations },
  };
}

async function renderEntity(
  annotations: Record<string, string>,
  api: AirflowApi,
) {
  renderTestApp({
    extensions: [createTestEntityPage({ entity: entityWith(annotations) })],
    features: [airflowPlugin],
    apis: [[airflowApiRef, api]],
  });
}

/** Cards in the old frontend system, over what the backend answers where a test cares. */
function renderCards(answers: Record<string, unknown>, cards: ReactNode) {
  const { api } = listeningApi();
  const answering: AirflowApi = {
    ...api,
    call: async (endpoint, request) =>
      endpoint.operationId in answers
        ? endpoint.response.parse(answers[endpoint.operationId])
        : api.call(endpoint, request),
  };
  return renderInTestApp(
    <TestApiProvider apis={[[airflowApiRef, answering]]}>
      <EntityProvider
        entity={entityWith({ 'airflow.apache.org/cluster': 'prod-eu' })}
      >
        {cards}
      </EntityProvider>
    </TestApiProvider>,
    { mountedRoutes: { '/airflow': rootRouteRef } },
  );
}

describe('what an entity shows of Airflow', () => {
  it.each(airflowAnnotations)('has a tab with %s', async annotation => {
    const { api } = listeningApi();
    await renderEntity({ [annotation]: 'x' }, api);
    expect(
      await screen.findByRole('heading', { name: 'Open alerts' }),
    ).toBeInTheDocument();
    expect(isAirflowAvailable(entityWith({ [annotation]: 'x' }))).toBe(true);
  });

  it('asks for the DAGs that the annotations mean', async () => {
    const { api, asked } = listeningApi();
    await renderEntity(
      {
        'airflow.apache.org/cluster': 'prod-eu',
        'airflow.apache.org/dag-id': 'load_orders, refund_*',
      },
      api,
    );
    await screen.findByText(/match no DAG of the fleet/);
    const meant = {
      cluster: ['prod-eu'],
      dagPattern: ['load_orders', 'refund_*'],
    };
    for (const { operationId } of [
      airflowEndpoints.listDags,
      airflowEndpoints.listRuns,
      airflowEndpoints.listAlerts,
    ]) {
      expect(asked).toContainEqual({
        operation: operationId,
        query: expect.objectContaining(meant),
      });
    }
  });

  it('marks what became of a DAG, and alerts of which nobody knows', async () => {
    const since = '2026-11-23T03:12:00.000Z';
    const answers: Record<string, unknown> = {
      listDags: pageOf([
        dagOf({
          presence: {
            state: 'broken',
            since,
            reason: 'Airflow cannot import its file',
          },
        }),
      ]),
      listAlerts: pageOf([{ ...alertOf({ id: 'a1' }), blindSince: since }]),
    };
    await renderCards(answers, [
      <EntityAirflowStatusCard key="status" />,
      <EntityAirflowAlertsCard key="alerts" />,
    ]);
    expect(
      await screen.findByText(/✖ broken since .*: Airflow cannot import/),
    ).toBeVisible();
    expect(
      await screen.findByText(/not known since .*: prod-eu cannot be read/),
    ).toBeVisible();
  });

  it('tells next runs in the words of the lists', async () => {
    const schedule = {
      kind: 'interval' as const,
      expression: '7:00:00',
      description: null,
    };
    await renderCards(
      {
        listDags: pageOf([dagOf({ schedule })]),
        listClusters: { items: [clusterOf()] },
      },
      <EntityAirflowNextRunsCard />,
    );
    const words = await screen.findByText('every 7h');
    await waitFor(() =>
      expect(words.parentElement).toHaveTextContent('Production EU · every 7h'),
    );
  });

  it('is not there without an annotation', () => {
    expect(isAirflowAvailable(entityWith({}))).toBe(false);
  });
});
