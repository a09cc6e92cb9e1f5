import {
  airflowAnnotations,
  airflowEndpoints,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import airflowPlugin, { airflowApiRef, type AirflowApi } from '.';
import { isAirflowAvailable } from './legacy';

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
    await screen.findByText(/No DAG of the fleet is meant/);
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

  it('is not there without an annotation', () => {
    expect(isAirflowAvailable(entityWith({}))).toBe(false);
  });
});
