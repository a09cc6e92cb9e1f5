import type { Dag } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { FailingDag } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import airflowPlugin, { airflowApiRef } from '../..';
import { noFacets, pageOf } from '../../__testUtils__/alerts';
import {
  clusterOf,
  dagDetailsOf,
  dagOf,
  dagPageOf,
  noDagFacets,
} from '../../__testUtils__/dags';
import { fakeApi, type Answers } from '../../__testUtils__/fakeApi';

const AT = '2026-11-23T02:00:00.000Z';

const dag = dagOf({
  tags: ['team:payments'],
  owner: { ref: 'group:default/payments', source: 'tag', by: 'team:payments' },
});

const failing: FailingDag = {
  paused: false,
  presence: { state: 'listed', since: null, reason: null },
  cluster: dag.cluster,
  dagId: dag.dagId,
  displayName: dag.displayName,
  owners: dag.owners,
  owner: dag.owner,
  failures: 1,
  firstFailedAt: AT,
  lastFailedRun: {
    cluster: dag.cluster,
    dagId: dag.dagId,
    runId: 'scheduled__1',
    state: 'failed',
    type: 'scheduled',
    logicalDate: AT,
    runAfter: AT,
    dueAt: AT,
    queuedAt: AT,
    startedAt: AT,
    endedAt: AT,
    durationMs: 1,
    triggeredBy: null,
    triggeringUser: null,
    note: null,
  },
  recoveredBy: null,
};

const dagFacets = {
  ...noDagFacets,
  ownerRef: [
    { value: 'group:default/payments', count: 3 },
    { value: 'none', count: 1 },
  ],
};

/** A portal at an address, in which the reader chose a scope before, or not. */
function portal(
  path: string,
  answers: Answers,
  options: { remembered?: string; mayAct?: boolean } = {},
) {
  const { remembered, mayAct = true } = options;
  const { api, askedOf } = fakeApi({
    listClusters: () => ({ items: [] }),
    listAlertFacets: () => noFacets,
    listAlerts: () => pageOf([]),
    listDagFacets: () => dagFacets,
    ...answers,
  });
  const storage = mockApis.storage({
    data: remembered ? { airflow: { scope: remembered } } : {},
  });
  renderTestApp({
    features: [airflowPlugin],
    initialRouteEntries: [path],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [airflowApiRef, api],
      storage,
      mockApis.permission({
        authorize: mayAct ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
      }),
      [
        catalogApiRef,
        catalogApiMock({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Group',
              metadata: { name: 'crm', title: 'Customer care' },
              spec: { type: 'team', children: [] },
            },
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'crm' },
            },
          ],
        }),
      ],
    ],
  });
  return {
    askedOf,
    remembered: () => storage.forBucket('airflow').snapshot('scope').value,
  };
}

const chosenScope = () =>
  screen.getByRole('radio', { checked: true }).textContent;

describe('the scope bar', () => {
  const dags = { listDags: () => pageOf([dag]) };

  it('shows everybody what is of all, until they choose', async () => {
    const { askedOf, remembered } = portal('/airflow/dags', dags);
    await screen.findByRole('link', { name: 'load_orders' });
    expect(chosenScope()).toBe('All');

    await userEvent.click(screen.getByRole('radio', { name: 'My teams' }));
    await waitFor(() => expect(chosenScope()).toBe('My teams'));
    expect(askedOf('listDags').at(-1)?.query.scope).toBe('teams');
    expect(askedOf('listDagFacets').at(-1)?.query.scope).toBe('teams');
    expect(remembered()).toBe('teams');
  });

  it('begins with what was chosen last time', async () => {
    const { askedOf } = portal('/airflow/dags', dags, { remembered: 'mine' });
    await screen.findByRole('link', { name: 'load_orders' });
    expect(chosenScope()).toBe('Mine');
    expect(askedOf('listDags').map(({ query }) => query.scope)).toEqual([
      'mine',
    ]);
  });

  it('does as the link says, whatever was chosen before', async () => {
    const { askedOf, remembered } = portal('/airflow/dags?scope=all', dags, {
      remembered: 'mine',
    });
    await screen.findByRole('link', { name: 'load_orders' });
    expect(chosenScope()).toBe('All');
    expect(askedOf('listDags').map(({ query }) => query.scope)).toEqual([
      'all',
    ]);
    expect(remembered()).toBe('mine');
  });

  it('goes back to the first page', async () => {
    const { askedOf } = portal('/airflow/dags?cursor=x', dags);
    await screen.findByRole('link', { name: 'load_orders' });
    await userEvent.click(screen.getByRole('radio', { name: 'Mine' }));
    await waitFor(() =>
      expect(askedOf('listDags').at(-1)?.query).toMatchObject({
        scope: 'mine',
        cursor: undefined,
      }),
    );
  });

  it('says that none is of the reader, and not that there is none', async () => {
    portal('/airflow/dags?scope=mine', { listDags: () => pageOf([]) });
    expect(
      await screen.findByText(/None of your DAGs match/),
    ).toBeInTheDocument();
  });

  it('narrows the overview, with its alerts', async () => {
    const { askedOf } = portal('/airflow?scope=teams', {
      getOverview: () => ({
        since: AT,
        runs: { success: 0, failed: 1, running: 0, queued: 0 },
        failingDags: [failing],
        failingTotal: 1,
        recoveredTotal: 0,
        longestRunning: [],
        coverage: [],
      }),
    });
    const row = await screen.findByRole('link', { name: 'load_orders' });
    expect(row.closest('li')).toHaveTextContent('payments');
    expect(askedOf('getOverview')[0].query).toMatchObject({ scope: 'teams' });
    expect(askedOf('listAlerts')[0].query).toMatchObject({ scope: 'teams' });
  });
});

describe('the list of DAGs', () => {
  it('names the owner of each, and filters by owners', async () => {
    portal('/airflow/dags?ownerRef=none', {
      listDags: () => pageOf([dag, { ...dag, dagId: 'b', owner: null }]),
    });
    await screen.findAllByRole('link', { name: 'load_orders' });
    const owners = [...document.querySelectorAll('td[data-label="Owner"]')].map(
      cell => cell.textContent,
    );
    expect(owners).toEqual(['payments', '–']);
    expect(
      document.querySelector('[data-kind="filter-owner"]'),
    ).toHaveTextContent('nobody (1)');
  });
});

describe('the owner on the page of a DAG', () => {
  const path = '/airflow/clusters/prod-eu/dags/load_orders';
  const page = (owner: Dag['owner']) => ({
    getDag: () => dagPageOf({ ...dag, owner }),
    listRuns: () => pageOf([]),
    getDagDetails: () => dagDetailsOf(),
  });
  const line = async () => {
    await screen.findByText('DAG id');
    return document.querySelector('[data-kind="dag-owner"]');
  };

  it.each<[Dag['owner'], RegExp]>([
    [dag.owner, /payments.*\(tag team:payments\)/],
    [
      { ref: 'group:default/crm', source: 'entity', by: 'component:default/x' },
      /crm.*\(claimed by x in the catalog\)/,
    ],
    [
      {
        ref: 'group:default/platform',
        source: 'cluster',
        by: 'prod-eu',
        notInCatalog: [
          {
            ref: 'group:default/paymnts',
            source: 'tag',
            by: 'team:paymnts',
          },
        ],
      },
      /platform.*\(owner of cluster prod-eu\).*group:default\/paymnts is not in the catalog \(tag team:paymnts\)/,
    ],
    [null, /nobody/],
  ])('says who it is and what decided: %p', async (owner, expected) => {
    portal(path, page(owner));
    expect(await line()).toHaveTextContent(expected);
  });

  it('leads to the owner in the catalog', async () => {
    portal(path, page(dag.owner));
    expect(
      await screen.findByRole('link', { name: /payments/ }),
    ).toHaveAttribute('href', '/catalog/default/group/payments');
  });

  it('is set to a group or user of the catalog, with a reason', async () => {
    const { askedOf } = portal(path, {
      ...page(dag.owner),
      setDagOwner: () => dag,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Set owner' }),
    );
    const submit = document.querySelector('[data-kind="set-owner-submit"]');
    expect(submit).toBeDisabled();
    await userEvent.type(screen.getByRole('combobox'), 'care');
    await userEvent.click(
      await screen.findByRole('option', { name: /Customer care/ }),
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Reason' }),
      'moved',
    );
    expect(
      screen.queryByRole('button', { name: 'Back to automatic' }),
    ).not.toBeInTheDocument();
    expect(submit).toBeEnabled();
    if (submit) await userEvent.click(submit);
    await waitFor(() =>
      expect(askedOf('setDagOwner')).toEqual([
        {
          params: { cluster: 'prod-eu', dagId: 'load_orders' },
          query: {},
          body: { owner: 'group:default/crm', reason: 'moved' },
        },
      ]),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('is given back to what is found out', async () => {
    const { askedOf } = portal(path, {
      ...page({
        ref: 'group:default/crm',
        source: 'portal',
        by: 'user:default/ada',
      }),
      setDagOwner: () => dag,
      listClusters: () => ({ items: [clusterOf({ environment: 'staging' })] }),
    });
    expect(await line()).toHaveTextContent('(set in the portal by ada)');
    await userEvent.click(screen.getByRole('button', { name: 'Set owner' }));
    const back = screen.getByRole('button', { name: 'Back to automatic' });
    await waitFor(() => expect(back).toBeEnabled());
    await userEvent.click(back);
    await waitFor(() =>
      expect(askedOf('setDagOwner').map(({ body }) => body)).toEqual([
        { owner: null },
      ]),
    );
  });

  it('cannot be set by who may not', async () => {
    // A DAG of its own, since what was allowed to a reader is remembered beyond a test.
    const of = page(dag.owner);
    const getDag = () => ({ ...of.getDag(), dagId: 'load_orders_of_others' });
    portal(`${path}_of_others`, { ...of, getDag }, { mayAct: false });
    await line();
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Set owner' }),
      ).not.toBeInTheDocument(),
    );
  });
});
