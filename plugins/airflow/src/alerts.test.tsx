import {
  airflowAlertResolvePermission,
  type Alert,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { FlatRoutes } from '@backstage/core-app-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route } from 'react-router-dom';
import { AirflowApiError, airflowApiRef } from '.';
import { alertOf, deliveryOf, noFacets, pageOf } from './__testUtils__/alerts';
import { fakeApi } from './__testUtils__/fakeApi';
import { portal } from './__testUtils__/portal';
import { AirflowPage } from './legacy';

const cause = alertOf({
  id: 'c1',
  rule: 'cluster-unreachable',
  ruleType: 'cluster-unreachable',
  subject: { kind: 'cluster', cluster: 'staging-us' },
  title: 'staging-us cannot be read',
  observed: 'the TLS certificate has expired',
  runId: null,
});
const beneath = ['b1', 'b2'].map(id =>
  alertOf({
    id,
    title: `${id} failed`,
    inhibitedBy: 'c1',
    severity: 'warning',
  }),
);
const taken = alertOf({
  id: 'a1',
  acknowledged: {
    at: '2026-11-23T02:10:00.000Z',
    by: 'user:default/grace',
    note: null,
  },
  status: 'acknowledged',
});

const rows = () =>
  [...document.querySelectorAll('[data-kind="alert-row"]')].map(
    row => row.textContent ?? '',
  );
const refusal = (message: string) => () => {
  throw new AirflowApiError(403, { code: 'not-allowed', message });
};

describe('the alerts page', () => {
  const list = { listAlerts: () => pageOf([cause, ...beneath, taken]) };

  it('shows each cause once, with what is so because of it beneath', async () => {
    portal('/airflow/alerts', list);
    await screen.findByRole('link', { name: 'staging-us cannot be read' });
    expect(rows()).toEqual([
      expect.stringMatching(/cannot be read.*expired.*critical.*staging-us/),
      expect.stringMatching(
        /load_orders failed.*payments.*acknowledged by grace/,
      ),
    ]);
    await userEvent.click(
      screen.getByRole('button', { name: /and 2 more because of this/ }),
    );
    expect(rows()).toEqual([
      expect.stringMatching(/cannot be read/),
      expect.stringMatching(/b1 failed/),
      expect.stringMatching(/b2 failed/),
      expect.stringMatching(/load_orders failed/),
    ]);
  });

  it('says of which nobody knows how they are', async () => {
    const blindSince = '2026-11-23T03:12:00.000Z';
    portal('/airflow/alerts', {
      listAlerts: () => pageOf([{ ...taken, blindSince }]),
    });
    await screen.findByRole('link', { name: 'load_orders failed' });
    expect(rows()).toEqual([
      expect.stringMatching(/\? not known since .*: prod-eu cannot be read/),
    ]);
  });

  it('asks for what the address says, and sorts by a press', async () => {
    const { askedOf } = portal(
      '/airflow/alerts?severity=critical&cluster=prod-eu&scope=teams',
      list,
    );
    const since = await screen.findByRole('button', { name: /Since/ });
    const filter = {
      severity: ['critical'],
      cluster: ['prod-eu'],
      scope: 'teams',
    };
    expect(askedOf('listAlerts')[0].query).toMatchObject({
      ...filter,
      sort: '-firedAt',
    });
    expect(askedOf('listAlertFacets')[0].query).toEqual(filter);
    await userEvent.click(since);
    await waitFor(() =>
      expect(askedOf('listAlerts').at(-1)?.query).toMatchObject({
        ...filter,
        sort: 'since',
      }),
    );
  });

  it('acknowledges what is chosen, and says which was refused and why', async () => {
    const { askedOf } = portal('/airflow/alerts', {
      ...list,
      acknowledgeAlerts: () => ({
        items: [
          { id: 'c1', outcome: 'refused', message: 'It is of another team.' },
          { id: 'a1', outcome: 'unchanged' },
        ],
      }),
    });
    await userEvent.click(
      await screen.findByRole('checkbox', {
        name: 'Choose staging-us cannot be read',
      }),
    );
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Choose load_orders failed' }),
    );
    const button = screen.getByRole('button', { name: 'Acknowledge' });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Acknowledge 2 alerts');
    await userEvent.type(within(dialog).getByLabelText(/Note/), 'I am on it');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Acknowledge' }),
    );
    const outcomes = await screen.findByText(
      '0 acknowledged, 1 unchanged, 1 refused',
    );
    expect(outcomes).toBeInTheDocument();
    expect(
      screen.getByText('staging-us cannot be read: It is of another team.'),
    ).toBeInTheDocument();
    expect(askedOf('acknowledgeAlerts')).toEqual([
      expect.objectContaining({
        body: { ids: ['c1', 'a1'], note: 'I am on it' },
      }),
    ]);
  });

  it('closes nothing without a reason, and offers nothing to who may do nothing', async () => {
    portal(
      '/airflow/alerts',
      list,
      ({ permission }) =>
        permission.name === airflowAlertResolvePermission.name,
    );
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'Choose all 4' }),
    );
    const resolve = screen.getByRole('button', { name: 'Resolve' });
    await waitFor(() => expect(resolve).toBeEnabled());
    expect(screen.getByRole('button', { name: 'Acknowledge' })).toBeDisabled();
    await userEvent.click(resolve);
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Resolve' });
    expect(confirm).toBeDisabled();
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'a drill');
    expect(confirm).toBeEnabled();
  });

  it('says how it knows that there is nothing', async () => {
    portal('/airflow/alerts', { listAlerts: () => pageOf([]) });
    expect(
      await screen.findByText(/No open alerts on 2 clusters\. Last read/),
    ).toBeInTheDocument();
  });

  it('never says that all is well where nothing could be read', async () => {
    const stale = [{ cluster: 'prod-eu', readAt: null, stale: true }];
    portal('/airflow/alerts', { listAlerts: () => pageOf([], stale) });
    expect(
      await screen.findByText(/so open alerts are not known/),
    ).toBeInTheDocument();
    expect(screen.getByText(/prod-eu \(never read\)/)).toBeInTheDocument();
  });

  it('says what the backend refused', async () => {
    portal('/airflow/alerts', { listAlerts: refusal('Not for you.') });
    expect(await screen.findByText('Not for you.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  });

  it('reads again when the backend says that something changed', async () => {
    let alerts: Alert[] = [taken];
    const { signal } = portal('/airflow/alerts', {
      listAlerts: () => pageOf(alerts),
    });
    await screen.findByText('load_orders failed');
    alerts = [cause];
    signal();
    expect(
      await screen.findByText('staging-us cannot be read'),
    ).toBeInTheDocument();
  });
});

describe('the page of an alert', () => {
  const failing = alertOf({
    id: 'a1',
    failure: {
      runId: 'scheduled__1',
      taskId: 'extract',
      mapIndex: 2,
      tryNumber: 3,
      exception: 'ConnectionRefusedError: db-1:5432',
      excerpt: ['Traceback (most recent call last):', '  File "orders.py"'],
    },
  });
  const details = {
    alert: failing,
    timeline: [
      {
        at: '2026-11-23T02:00:00.000Z',
        kind: 'fired',
        by: null,
        text: 'The run failed',
      },
      {
        at: '2026-11-23T02:05:00.000Z',
        kind: 'acknowledged',
        by: 'user:default/grace',
        text: 'Taken',
      },
    ],
    deliveries: [
      deliveryOf({ id: 'd1' }),
      deliveryOf({
        id: 'd2',
        channel: 'pager',
        recipient: null,
        status: 'dead',
        lastError: 'It answered 500',
      }),
    ],
    inhibits: beneath,
    cause,
  };

  it('explains itself: what was seen, what failed first with its log, who was told', async () => {
    portal('/airflow/alerts/a1', {
      getAlert: () => details,
      getDag: refusal('no'),
    });
    await screen.findByRole('heading', { name: 'load_orders failed' });
    const page = document.querySelector('[data-kind="alert-page"]');
    for (const text of [
      'the newest run failed',
      'the newest run succeeds',
      'payments (tag team:payments)',
      'extract[2]',
      'ConnectionRefusedError: db-1:5432',
      'File "orders.py"',
      'Taken by grace',
      'payments over notifications, that it fires',
      'It answered 500',
      'Because of this: 2',
    ]) {
      expect(page).toHaveTextContent(text);
    }
    expect(screen.getByRole('link', { name: 'Open the log' })).toHaveAttribute(
      'href',
      '/airflow/clusters/prod-eu/dags/load_orders/runs/scheduled__1/tasks/extract?map=2&try=3',
    );
    expect(
      screen.getByRole('link', { name: 'Run scheduled__1' }),
    ).toHaveAttribute(
      'href',
      '/airflow/clusters/prod-eu/dags/load_orders/runs/scheduled__1',
    );
    expect(
      screen.getByRole('link', { name: 'staging-us cannot be read' }),
    ).toHaveAttribute('href', '/airflow/alerts/c1');
    expect(
      document.querySelector(
        '[data-kind="alert-delivery"][data-status="dead"]',
      ),
    ).toHaveTextContent('dead');
  });

  it('says that nobody knows how it is now, since when and why', async () => {
    const blindSince = '2026-11-23T03:12:00.000Z';
    portal('/airflow/alerts/a1', {
      getAlert: () => ({ ...details, alert: { ...failing, blindSince } }),
      getDag: refusal('no'),
    });
    await screen.findByRole('heading', { name: 'load_orders failed' });
    expect(
      document.querySelector('[data-kind="alert-verdict"]'),
    ).toHaveTextContent(/\? not known since .*: prod-eu cannot be read/);
  });

  it.each([
    [
      'looking',
      'the log timed out',
      /^◌ Its error is being looked for: the log timed out\. Asked again /,
    ],
    ['looking', null, /^◌ Its error is being looked for$/],
    ['none', 'its log is empty', /^− No error is known: its log is empty$/],
    [
      'unreadable',
      'the log is gone',
      /^✖ Its error could not be read: the log is gone$/,
    ],
  ] as const)(
    'says how far the search for its error is: %s, %s',
    async (state, because, words) => {
      const explanation = {
        state,
        tries: 2,
        because,
        nextAt: state === 'looking' ? '2026-11-23T03:00:00.000Z' : null,
      };
      portal('/airflow/alerts/a1', {
        getAlert: () => ({
          ...details,
          alert: {
            ...failing,
            failure: null,
            explanation,
          },
        }),
        getDag: refusal('no'),
      });
      await screen.findByRole('heading', { name: 'load_orders failed' });
      expect(
        document.querySelector('[data-kind="alert-explanation"]'),
      ).toHaveTextContent(words);
    },
  );

  it('says no more of the search once the error is found', async () => {
    const explanation = {
      state: 'found' as const,
      tries: 1,
      because: null,
      nextAt: null,
    };
    portal('/airflow/alerts/a1', {
      getAlert: () => ({ ...details, alert: { ...failing, explanation } }),
      getDag: refusal('no'),
    });
    expect(await screen.findByText(/ConnectionRefusedError/)).toBeVisible();
    expect(
      document.querySelector('[data-kind="alert-explanation"]'),
    ).toBeNull();
  });

  it('shows what proved it right again, and offers no more to do', async () => {
    const resolved = alertOf({
      id: 'a1',
      status: 'resolved',
      resolution: {
        kind: 'proof',
        at: '2026-11-23T03:00:00.000Z',
        text: 'Run scheduled__2 succeeded',
        runId: 'scheduled__2',
      },
    });
    portal('/airflow/alerts/a1', {
      getAlert: () => ({
        ...details,
        alert: resolved,
        inhibits: [],
        cause: null,
      }),
      getDag: refusal('no'),
    });
    expect(
      await screen.findByText(/Run scheduled__2 succeeded/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Acknowledge' })).toBeNull();
  });

  it('says that there is no such alert, and the way back', async () => {
    portal('/airflow/alerts/gone', {
      getAlert: () => {
        throw new AirflowApiError(404, {
          code: 'not-found',
          message: 'There is no alert gone.',
        });
      },
    });
    expect(
      await screen.findByText('There is no alert gone.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All alerts' })).toHaveAttribute(
      'href',
      '/airflow/alerts',
    );
  });
});

describe('rules and deliveries', () => {
  it('shows each rule with what it asks for and leads to what it found', async () => {
    portal('/airflow/alerts/rules', {
      listAlertRules: () => ({
        items: [
          {
            name: 'orders late',
            type: 'run-missed',
            severity: 'critical',
            forMs: 600_000,
            expected: 'a run at its promised time',
            scope: { clusters: ['prod-eu'], dags: ['load_*'] },
            openAlerts: 3,
          },
        ],
      }),
    });
    const row = await screen.findByRole('row', { name: /orders late/ });
    expect(row).toHaveTextContent(
      /run missed.*critical.*a run at its promised time.*10m.*cluster prod-eu; DAG load_\*/,
    );
    expect(within(row).getByRole('link', { name: '3' })).toHaveAttribute(
      'href',
      '/airflow/alerts?ruleType=run-missed',
    );
  });

  it('sends a dead delivery again', async () => {
    const dead = deliveryOf({
      id: 'd2',
      status: 'dead',
      attempts: 8,
      lastError: 'It answered 500',
    });
    const { askedOf } = portal('/airflow/alerts/deliveries?status=dead', {
      listDeliveries: () => ({
        ...pageOf([dead]),
        mailRemark: 'the mail server did not answer at 03:12 UTC',
      }),
      resendDelivery: () => ({ ...dead, status: 'waiting' }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Send again' }),
    );
    await waitFor(() =>
      expect(askedOf('resendDelivery')).toEqual([
        expect.objectContaining({ params: { deliveryId: 'd2' } }),
      ]),
    );
    expect(askedOf('listDeliveries')[0].query).toMatchObject({
      status: ['dead'],
    });
    expect(
      screen.getByText(
        /whether mails arrive is not known: the mail server did not answer at 03:12 UTC/,
      ),
    ).toBeVisible();
  });
});

describe('the alerts page in the old frontend system', () => {
  it('is the same', async () => {
    const { api } = fakeApi({
      listAlerts: () => pageOf([taken]),
      listAlertFacets: () => noFacets,
    });
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [airflowApiRef, api],
          [
            permissionApiRef,
            { authorize: async () => ({ result: AuthorizeResult.ALLOW }) },
          ],
        ]}
      >
        <FlatRoutes>
          <Route path="/airflow" element={<AirflowPage />} />
        </FlatRoutes>
      </TestApiProvider>,
      { routeEntries: ['/airflow/alerts'] },
    );
    await screen.findByText('load_orders failed');
    expect(rows()).toEqual([expect.stringMatching(/acknowledged by grace/)]);
  });
});
