import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, within } from '@testing-library/react';
import { airflowApiRef } from '../..';
import { alertOf, allRead, pageOf } from '../../__testUtils__/alerts';
import { clusterOf, runOf } from '../../__testUtils__/dags';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { portal } from '../../__testUtils__/portal';
import { AirflowSidebarItem } from '../../legacy';
import { rootRouteRef } from '../../routes';

const calm = {
  since: '2026-11-22T12:00:00.000Z',
  runs: { success: 9, failed: 0, running: 0, queued: 0 },
  failingDags: [],
  failingTotal: 0,
  recoveredTotal: 0,
  longestRunning: [],
  coverage: allRead,
};
const unread = clusterOf({
  name: 'staging-us',
  title: 'Staging US',
  environment: null,
  airflowVersion: null,
  apiVersion: null,
  capabilities: [],
  status: 'unreachable',
  problem: { code: 'tls', message: 'The TLS certificate has expired.' },
  components: [],
});
const cause = alertOf({
  id: 'c1',
  ruleType: 'cluster-unreachable',
  subject: { kind: 'cluster', cluster: 'staging-us' },
  title: 'staging-us cannot be read',
});
const failing = alertOf({
  id: 'a1',
  failure: {
    runId: 'scheduled__1',
    taskId: 'extract',
    mapIndex: -1,
    tryNumber: 2,
    exception: 'ConnectionRefusedError: db-1:5432',
    excerpt: [],
  },
});

const overview = (alerts: () => unknown) =>
  portal('/airflow', {
    getOverview: () => calm,
    listClusters: () => ({ items: [unread] }),
    listAlerts: alerts,
  });
const items = () =>
  [
    ...document.querySelectorAll<HTMLElement>('[data-kind="triage-item"]'),
  ].filter(item => item.textContent);

describe('the triage of the overview', () => {
  it('shows one entry for each cause, with the first error and the way to its log', async () => {
    overview(() =>
      pageOf([cause, failing, alertOf({ id: 'b1', inhibitedBy: 'c1' })]),
    );
    await screen.findByRole('link', { name: 'staging-us cannot be read' });
    const [first, second, ...rest] = items();
    expect(rest).toEqual([]);
    expect(first).toHaveTextContent(/and 1 more with the same cause/);
    expect(second).toHaveTextContent(
      /load_orders failed.*extract · ConnectionRefusedError: db-1:5432.*payments/,
    );
    expect(within(second).getByRole('link', { name: 'Log' })).toHaveAttribute(
      'href',
      '/airflow/clusters/prod-eu/dags/load_orders/runs/scheduled__1/tasks/extract?try=2',
    );
    // The alert tells it: it is not told twice.
    expect(document.querySelector('[data-kind="unread-cluster"]')).toBeNull();
  });

  it('says of which alerts nobody knows how they are', async () => {
    overview(() =>
      pageOf([{ ...failing, blindSince: '2026-11-23T03:12:00.000Z' }]),
    );
    await screen.findByRole('link', { name: failing.title });
    const [blind] = document.querySelectorAll('[data-kind="alert-blind"]');
    expect(blind).toHaveTextContent(
      /^\? not known since .*: prod-eu cannot be read$/,
    );
    expect(blind.querySelector('time')).toHaveAttribute(
      'datetime',
      '2026-11-23T03:12:00.000Z',
    );
  });

  it('shows first what fired a minute ago, and says how many more there are', async () => {
    const now = Date.now();
    const ago = (minutes: number) =>
      new Date(now - minutes * 60_000).toISOString();
    const all = Array.from({ length: 60 }, (_, i) =>
      alertOf({
        id: `a${i}`,
        title: `dag_${i} failed`,
        severity: i === 59 ? 'critical' : 'warning',
        since: ago(90 + i),
        firedAt: ago(i === 0 ? 1 : 90 + i),
      }),
    );
    const { askedOf } = overview(() => ({ ...pageOf(all), total: 300 }));
    expect(
      await screen.findByRole('link', { name: '280 more of 300 open alerts' }),
    ).toHaveAttribute('href', '/airflow/alerts');
    const shown = items();
    expect(shown).toHaveLength(20);
    expect(shown[0]).toHaveTextContent('dag_0 failed');
    expect(shown[1]).toHaveTextContent('dag_59 failed');
    // They are too many to be read at once, so the worst are asked for too.
    expect(askedOf('listAlerts').map(({ query }) => query)).toEqual([
      expect.objectContaining({ sort: '-firedAt' }),
      expect.objectContaining({ severity: ['critical'] }),
    ]);
  });

  it('tells of a cluster that cannot be read before any alert does', async () => {
    overview(() => pageOf<Alert>([]));
    expect(
      await screen.findByText(/No open alerts on 2 clusters/),
    ).toBeInTheDocument();
    expect(
      document.querySelector('[data-kind="unread-cluster"]'),
    ).toHaveTextContent(/Staging US cannot be read/);
  });

  it('still shows what failed where alerts cannot be loaded', async () => {
    overview(() => {
      throw new Error('no such table');
    });
    expect(
      await screen.findByText('The alerts could not be loaded'),
    ).toBeInTheDocument();
    expect(screen.getByText(/No failing DAGs/)).toBeInTheDocument();
  });
});

describe('what is failing, in the overview', () => {
  const failingDag = (dagId: string, change: object = {}) => ({
    cluster: 'prod-eu',
    dagId,
    displayName: dagId,
    paused: false,
    presence: { state: 'listed' as const, since: null, reason: null },
    owners: [],
    owner: null,
    failures: 2,
    firstFailedAt: '2026-11-22T02:00:00.000Z',
    lastFailedRun: runOf({ runId: 'r1', dagId, state: 'failed' }),
    recoveredBy: null,
    ...change,
  });

  it('tells failing from recovered, and where the others are', async () => {
    portal('/airflow', {
      getOverview: () => ({
        ...calm,
        failingDags: [
          failingDag('down', {
            paused: true,
            presence: {
              state: 'broken',
              since: '2026-11-22T03:00:00.000Z',
              reason: 'Airflow cannot import its file',
            },
          }),
          failingDag('back', { recoveredBy: runOf({ runId: 'r2' }) }),
        ],
        failingTotal: 8,
        recoveredTotal: 1,
      }),
      listClusters: () => ({ items: [unread] }),
      listAlerts: () => pageOf<Alert>([]),
    });
    expect(await screen.findByRole('link', { name: '7 more' })).toHaveAttribute(
      'href',
      '/airflow/dags?failing=true&sort=-failingSince',
    );
    const [down, back] = document.querySelectorAll('[data-kind="failing-dag"]');
    expect(down).toHaveTextContent(
      /failed.*down.*‖ paused.*✖ broken since .*: Airflow cannot import its file/,
    );
    expect(back?.querySelector('[data-kind="presence"]')).toBeNull();
    expect(back).toHaveTextContent(/recovered.*back/);
  });
});

describe('the figures of the overview', () => {
  it.each([
    ['', '24 h'],
    ['?hours=72', '3 days'],
  ])('are those of the window that %j says: %s', async (query, window) => {
    const { askedOf } = portal(`/airflow${query}`, {
      getOverview: () => ({
        ...calm,
        runs: { success: 7, failed: 1, running: 2, queued: 3 },
        failingTotal: 1,
      }),
      listClusters: () => ({ items: [clusterOf(), unread] }),
      listAlerts: () => pageOf<Alert>([]),
    });
    const list = await screen.findByRole('list', {
      name: 'The fleet in figures',
    });
    const figures = within(list).getAllByRole('listitem');
    expect(
      figures.map(figure => [figure.textContent, figure.dataset.bad]),
    ).toEqual([
      ['1 failing DAG', 'true'],
      ['0 recovered', 'false'],
      ['1 of 2 clusters healthy', 'true'],
      ['8 runs, 87.5 % succeeded', 'false'],
      ['5 running or queued', 'false'],
    ]);
    expect(
      screen.getByText(`Failing, or recovered within ${window}`),
    ).toBeVisible();
    expect(askedOf('getOverview')[0].query).toMatchObject({
      hours: window === '24 h' ? 24 : 72,
    });
  });
});

describe('Airflow in the sidebar', () => {
  const sidebar = (total: number) => {
    const { api, askedOf } = fakeApi({
      listAlerts: () => ({ ...pageOf<Alert>([]), total }),
    });
    return {
      askedOf,
      shown: renderInTestApp(
        <TestApiProvider apis={[[airflowApiRef, api]]}>
          <AirflowSidebarItem />
        </TestApiProvider>,
        { mountedRoutes: { '/airflow': rootRouteRef } },
      ),
    };
  };

  it('says how many critical alerts of the reader are open', async () => {
    const { askedOf, shown } = sidebar(3);
    await shown;
    expect(
      await screen.findByRole('link', { name: 'Airflow, 3 critical alerts' }),
    ).toHaveAttribute('href', '/airflow');
    expect(
      document.querySelector('[data-kind="alert-badge"]'),
    ).toHaveTextContent('3');
    expect(askedOf('listAlerts')[0].query).toMatchObject({
      scope: 'teams',
      severity: ['critical'],
      status: ['firing', 'acknowledged'],
    });
  });

  it('says nothing more where there are none', async () => {
    await sidebar(0).shown;
    expect(
      await screen.findByRole('link', { name: 'Airflow' }),
    ).toBeInTheDocument();
  });
});
