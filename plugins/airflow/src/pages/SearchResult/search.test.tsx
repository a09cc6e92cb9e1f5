import type { AirflowSearchDocument } from '@airflow-fleet/backstage-plugin-airflow-common';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { SearchQuery } from '@backstage/plugin-search-common';
import {
  SearchContextProvider,
  SearchResult,
  searchApiRef,
  type SearchApi,
} from '@backstage/plugin-search-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { airflowApiRef } from '../..';
import { clusterOf, noDagFacets } from '../../__testUtils__/dags';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { rootRouteRef } from '../../routes';
import { AirflowSearchFilters, AirflowSearchResult } from '.';

const document: AirflowSearchDocument = {
  kind: 'dag',
  title: 'Load orders',
  text: 'Ask the warehouse people',
  location: '/airflow/clusters/prod-eu/dags/load_orders',
  cluster: 'prod-eu',
  dagId: 'load_orders',
  description: 'Orders of the last hour',
  tags: ['team:payments'],
  owner: 'group:default/payments',
  state: 'failed',
  presence: 'broken',
  authorization: { resourceRef: 'prod-eu/load_orders' },
};

function renderSearch(type: string) {
  const queries: SearchQuery[] = [];
  const { api } = fakeApi({
    listClusters: () => ({
      items: [clusterOf({ owner: 'group:default/platform' })],
    }),
    listDagFacets: () => ({
      ...noDagFacets,
      ownerRef: [
        { value: 'group:default/payments', count: 3 },
        { value: 'none', count: 1 },
      ],
    }),
  });
  const search: SearchApi = {
    query: async query => {
      queries.push(query);
      return { results: [{ type: 'airflow-dag', document }] };
    },
  };
  renderInTestApp(
    <SearchContextProvider
      initialState={{ term: 'warehouse', types: [type], filters: {} }}
    >
      <AirflowSearchFilters />
      <SearchResult>
        {({ results }) => <AirflowSearchResult result={results[0].document} />}
      </SearchResult>
    </SearchContextProvider>,
    {
      mountedRoutes: { '/airflow': rootRouteRef },
      apis: [
        [airflowApiRef, api],
        [searchApiRef, search],
      ],
    },
  );
  return queries;
}

async function choose(filter: string, option: string) {
  const select = await screen.findByLabelText(filter);
  await userEvent.click(within(select).getByRole('button'));
  await userEvent.click(await screen.findByRole('option', { name: option }));
}

it('narrows DAGs that are searched for by cluster, owner and state', async () => {
  const queries = renderSearch('airflow-dag');
  const hit = await screen.findByRole('link', { name: 'Load orders' });
  expect(hit).toHaveAttribute('href', document.location);

  await choose('Cluster', 'Production EU');
  await choose('Owner', 'payments');
  await choose('State', 'failed');
  await waitFor(() =>
    expect(queries.at(-1)).toMatchObject({
      types: ['airflow-dag'],
      filters: {
        cluster: 'prod-eu',
        owner: 'group:default/payments',
        state: 'failed',
      },
    }),
  );
});

it('asks for what clusters have where clusters are searched', async () => {
  const queries = renderSearch('airflow-cluster');
  await choose('Owner', 'platform');
  await choose('State', 'unreachable');
  await waitFor(() =>
    expect(queries.at(-1)).toMatchObject({
      filters: { owner: 'group:default/platform', state: 'unreachable' },
    }),
  );
});

it('marks a DAG that Airflow does not have as it should', async () => {
  renderSearch('airflow-dag');
  const found = await screen.findByRole('link', { name: 'Load orders' });
  expect(found.closest('[data-kind]')).toHaveTextContent(
    'DAG of prod-eu · ✖ broken · failed',
  );
});

it('does not narrow other kinds of results', async () => {
  renderSearch('software-catalog');
  expect(
    await screen.findByRole('link', { name: 'Load orders' }),
  ).toBeVisible();
  expect(screen.queryByLabelText('State')).not.toBeInTheDocument();
});
