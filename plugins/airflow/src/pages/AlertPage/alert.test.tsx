import { screen } from '@testing-library/react';
import { AirflowApiError } from '../..';
import {
  alertOf,
  beneath,
  cause,
  deliveryOf,
} from '../../__testUtils__/alerts';
import { refuses } from '../../__testUtils__/fakeApi';
import { portal } from '../../__testUtils__/portal';

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
      getDag: refuses('no'),
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
      'Caused by this: 2',
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
      getDag: refuses('no'),
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
        getDag: refuses('no'),
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
      getDag: refuses('no'),
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
      getDag: refuses('no'),
    });
    expect(
      await screen.findByText(/Run scheduled__2 succeeded/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Acknowledge' })).toBeNull();
  });

  it('tells its life newest first, and of one moment what came last first', async () => {
    const told = (at: string, text: string) => ({
      at: `2026-11-23T${at}:00.000Z`,
      kind: 'fired',
      by: null,
      text,
    });
    portal('/airflow/alerts/a1', {
      getAlert: () => ({
        ...details,
        timeline: [
          told('02:00', 'noticed'),
          told('02:05', 'fired'),
          told('02:05', 'sent'),
          told('02:03', 'explained'),
        ],
      }),
      getDag: refuses('no'),
    });
    await screen.findByText(/^noticed/);
    const events = [...document.querySelectorAll('[data-kind="alert-event"]')];
    expect(
      events.map(event => /●(\w+)/.exec(event.textContent ?? '')?.[1]),
    ).toEqual(['sent', 'fired', 'explained', 'noticed']);
  });

  it.each([
    [{ inhibitedBy: 'c1' }, 'Nobody, because its cause is notified instead.'],
    [{ status: 'pending' as const }, 'Nobody yet.'],
    [{ reopened: 1 }, 'Nobody: no route leads this alert to anyone.'],
  ])('says why nobody was told where it is %j', async (change, why) => {
    portal('/airflow/alerts/a1', {
      getAlert: () => ({
        ...details,
        alert: { ...failing, ...change },
        deliveries: [],
      }),
      getDag: refuses('no'),
    });
    expect(await screen.findByText(why)).toBeVisible();
    expect(screen.queryByText('once') !== null).toBe('reopened' in change);
  });

  it('does not blame what was sent in the end', async () => {
    portal('/airflow/alerts/a1', {
      getAlert: () => ({
        ...details,
        deliveries: [deliveryOf({ id: 'd1', lastError: 'It answered 500' })],
      }),
      getDag: refuses('no'),
    });
    await screen.findByText(/payments over notifications/);
    expect(screen.queryByText('It answered 500')).toBeNull();
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
