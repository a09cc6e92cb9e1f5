import { alertFilterQuery } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { alertOf, pageOf } from '../../__testUtils__/alerts';
import { portal } from '../../__testUtils__/portal';

/** A page of the list; gives what it asked for last. */
async function open(address: string) {
  const { askedOf } = portal(`/airflow/alerts?${address}`, {
    listAlerts: () => ({
      ...pageOf([alertOf({ id: 'a1' })]),
      total: 190,
      nextCursor: 'page-2',
    }),
  });
  await screen.findByRole('link', { name: 'load_orders failed' });
  return () => askedOf('listAlerts').at(-1)?.query;
}

const unfiltered = { scope: 'all', sort: '-firedAt', limit: 100 };

const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));

describe('what the list of alerts keeps in its address', () => {
  it('leads to the next page', async () => {
    const asked = await open('severity=critical');
    await press('Next page');
    await waitFor(() =>
      expect(asked()).toEqual({
        ...unfiltered,
        severity: ['critical'],
        cursor: 'page-2',
      }),
    );
  });

  it('leads back to the first page', async () => {
    const asked = await open('severity=critical&cursor=page-2');
    await press('First page');
    await waitFor(() =>
      expect(asked()).toEqual({ ...unfiltered, severity: ['critical'] }),
    );
  });

  it('is the first page again when a filter changes', async () => {
    const asked = await open('cursor=page-2');
    await userEvent.type(screen.getByRole('searchbox'), 'db');
    await waitFor(() => expect(asked()).toEqual({ ...unfiltered, text: 'db' }));
  });

  it('is the first page again when it is sorted anew', async () => {
    const asked = await open('cursor=page-2');
    await press(/^Severity$/);
    await waitFor(() =>
      expect(asked()).toEqual({ ...unfiltered, sort: 'severity' }),
    );
  });

  it('is without any filter once they are cleared, whatever they were', async () => {
    const filters = {
      status: ['firing'],
      severity: ['critical'],
      cluster: ['prod-eu'],
      environment: ['production'],
      ruleType: ['run-failed'],
      dagId: ['load_orders'],
      dagPattern: ['load_*'],
      tag: ['orders'],
      owner: ['airflow'],
      text: 'db',
    };
    expect(['scope', ...Object.keys(filters)].sort()).toEqual(
      Object.keys(alertFilterQuery).sort(),
    );
    const address = Object.entries(filters).map(
      ([name, value]) => `${name}=${value}`,
    );
    const asked = await open(`${address.join('&')}&sort=severity`);
    await waitFor(() =>
      expect(asked()).toEqual({ ...unfiltered, ...filters, sort: 'severity' }),
    );
    await press('Clear filters');
    await waitFor(() =>
      expect(asked()).toEqual({ ...unfiltered, sort: 'severity' }),
    );
  });
});
