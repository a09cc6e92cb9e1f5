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
import { airflowApiRef } from '../..';
import {
  alertOf,
  beneath,
  cause,
  noFacets,
  pageOf,
} from '../../__testUtils__/alerts';
import { clusterOf } from '../../__testUtils__/dags';
import { fakeApi, refuses } from '../../__testUtils__/fakeApi';
import { portal } from '../../__testUtils__/portal';
import { AirflowPage } from '../../legacy';

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

describe('the alerts page', () => {
  const list = { listAlerts: () => pageOf([cause, ...beneath, taken]) };

  it('lets nobody choose what is over', async () => {
    const over = alertOf({ id: 'a0', status: 'resolved' });
    portal('/airflow/alerts', { listAlerts: () => pageOf([over, taken]) });
    await screen.findByRole('checkbox', { name: 'Choose all 1' });
    expect(rows()).toHaveLength(2);
    expect(
      screen.getAllByRole('checkbox', { name: 'Choose load_orders failed' }),
    ).toHaveLength(1);
  });

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
      screen.getByRole('button', { name: /and 2 more with the same cause/ }),
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

  it.each([
    ['without a note elsewhere', 'staging', '', true],
    ['not without one in production', 'production', '', false],
    ['with one in production', 'production', 'It is mine', true],
  ])('acknowledges %s', async (_, environment, note, isEnabled) => {
    portal('/airflow/alerts', {
      ...list,
      listClusters: () => ({ items: [clusterOf({ environment })] }),
    });
    await userEvent.click(
      await screen.findByRole('checkbox', {
        name: 'Choose load_orders failed',
      }),
    );
    const button = screen.getByRole('button', { name: 'Acknowledge' });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    const dialog = within(await screen.findByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: 'Acknowledge' });
    if (note) await userEvent.type(dialog.getByLabelText(/Note/), note);
    expect(confirm.hasAttribute('disabled')).toBe(!isEnabled);
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
    expect(screen.getByText(/Could not be read lately/)).toHaveTextContent(
      'prod-eu (never read)',
    );
  });

  it('says what the backend refused', async () => {
    portal('/airflow/alerts', { listAlerts: refuses('Not for you.') });
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
