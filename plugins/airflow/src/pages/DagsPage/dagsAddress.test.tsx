import { dagFilterQuery } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { pageOf } from '../../__testUtils__/alerts';
import { dagOf, noDagFacets } from '../../__testUtils__/dags';
import { portal } from '../../__testUtils__/portal';

/** A page of the list; gives what it asked for last. */
async function open(address: string) {
  const { askedOf } = portal(`/airflow/dags?${address}`, {
    listDags: () => ({ ...pageOf([dagOf()]), total: 90, nextCursor: 'page-2' }),
    listDagFacets: () => noDagFacets,
  });
  await screen.findByRole('link', { name: 'load_orders' });
  return () => askedOf('listDags').at(-1)?.query;
}

const unfiltered = { scope: 'all', sort: '-lastRunAt', limit: 50 };

const press = async (role: 'button' | 'switch', name: string | RegExp) =>
  userEvent.click(await screen.findByRole(role, { name }));

beforeEach(() => localStorage.clear());

describe('what the list of DAGs keeps in its address', () => {
  it('leads to the next page', async () => {
    const asked = await open('tag=critical');
    await press('button', 'Next page');
    await waitFor(() =>
      expect(asked()).toEqual({
        ...unfiltered,
        tag: ['critical'],
        cursor: 'page-2',
      }),
    );
  });

  it('is as it was left for who comes back from a DAG', async () => {
    await open('tag=critical&cursor=page-2');
    await userEvent.click(screen.getByRole('link', { name: 'load_orders' }));
    const crumbs = await screen.findByRole('navigation', {
      name: 'Breadcrumbs',
    });
    for (const area of [
      crumbs,
      screen.getByRole('navigation', { name: 'Airflow' }),
    ]) {
      expect(within(area).getByRole('link', { name: 'DAGs' })).toHaveAttribute(
        'href',
        '/airflow/dags?tag=critical&cursor=page-2',
      );
    }
  });

  it('is the first page of it for who chose meanwhile whose rows are shown', async () => {
    await open('tag=critical&cursor=page-2&scope=all');
    const fleet = screen.getByRole('navigation', { name: 'Airflow' });
    await userEvent.click(
      within(fleet).getByRole('link', { name: 'Overview' }),
    );
    await userEvent.click(await screen.findByRole('radio', { name: 'Mine' }));
    await waitFor(() =>
      expect(within(fleet).getByRole('link', { name: 'DAGs' })).toHaveAttribute(
        'href',
        '/airflow/dags?tag=critical',
      ),
    );
  });

  it('leads back to the first page', async () => {
    const asked = await open('tag=critical&cursor=page-2');
    await press('button', 'First page');
    await waitFor(() =>
      expect(asked()).toEqual({ ...unfiltered, tag: ['critical'] }),
    );
  });

  it('is the first page again when a filter changes', async () => {
    const asked = await open('cursor=page-2');
    await press('switch', 'Failing');
    await waitFor(() =>
      expect(asked()).toEqual({ ...unfiltered, failing: true }),
    );
  });

  it('is the first page again when the text changes', async () => {
    const asked = await open('cursor=page-2');
    await userEvent.type(screen.getByRole('searchbox'), 'orders');
    await waitFor(() =>
      expect(asked()).toEqual({ ...unfiltered, text: 'orders' }),
    );
  });

  it('is the first page again when it is sorted anew, and then turned', async () => {
    const asked = await open('cursor=page-2');
    await press('button', /^Schedule/);
    await waitFor(() =>
      expect(asked()).toEqual({ ...unfiltered, sort: 'schedule' }),
    );
    await press('button', /^Schedule/);
    await waitFor(() =>
      expect(asked()).toEqual({ ...unfiltered, sort: '-schedule' }),
    );
  });

  it('is without any filter once they are cleared, whatever they were', async () => {
    const filters = {
      cluster: ['prod-eu'],
      environment: ['production'],
      dag: ['prod-eu/load_orders'],
      dagPattern: ['load_*'],
      lastRunState: ['failed'],
      failing: true,
      paused: false,
      tag: ['orders', 'critical'],
      tagMatch: 'all',
      owner: ['airflow'],
      ownerRef: ['group:default/payments'],
      hasImportErrors: true,
      presence: ['broken'],
      includeGone: true,
      text: 'orders',
    };
    expect(['scope', ...Object.keys(filters)].sort()).toEqual(
      Object.keys(dagFilterQuery).sort(),
    );
    const address = Object.entries(filters).flatMap(([name, values]) =>
      [values].flat().map(value => `${name}=${value}`),
    );
    const asked = await open(`${address.join('&')}&sort=owner`);
    await waitFor(() =>
      expect(asked()).toEqual({ ...unfiltered, ...filters, sort: 'owner' }),
    );
    await press('button', 'Clear filters');
    await waitFor(() =>
      expect(asked()).toEqual({ ...unfiltered, sort: 'owner' }),
    );
  });
});
