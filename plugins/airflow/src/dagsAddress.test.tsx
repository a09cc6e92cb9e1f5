import { dagFilterQuery } from '@airflow-fleet/backstage-plugin-airflow-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { pageOf } from './__testUtils__/alerts';
import { dagOf, noDagFacets } from './__testUtils__/dags';
import { portal } from './__testUtils__/portal';

/** A page of the list, and what it asks for in the end. */
async function open(address: string) {
  const { askedOf } = portal(`/airflow/dags?${address}`, {
    listDags: () => ({ ...pageOf([dagOf()]), total: 90, nextCursor: 'page-2' }),
    listDagFacets: () => noDagFacets,
  });
  await screen.findByRole('link', { name: 'load_orders' });
  return (query: Record<string, unknown>) =>
    waitFor(() => expect(askedOf('listDags').at(-1)?.query).toEqual(query));
}

const unfiltered = { scope: 'all', sort: '-lastRunAt', limit: 50 };

const press = async (role: 'button' | 'switch', name: string | RegExp) =>
  userEvent.click(await screen.findByRole(role, { name }));

beforeEach(() => localStorage.clear());

describe('what the list of DAGs keeps in its address', () => {
  it('leads to the next page and back to the first', async () => {
    const asks = await open('tag=critical');
    await press('button', 'Next page');
    await asks({ ...unfiltered, tag: ['critical'], cursor: 'page-2' });
    await press('button', 'First page');
    await asks({ ...unfiltered, tag: ['critical'] });
  });

  it('is the first page again when a filter changes', async () => {
    const asks = await open('cursor=page-2');
    await press('switch', 'Failing');
    await asks({ ...unfiltered, failing: true });
  });

  it('is the first page again when the text changes', async () => {
    const asks = await open('cursor=page-2');
    await userEvent.type(screen.getByRole('searchbox'), 'orders');
    await asks({ ...unfiltered, text: 'orders' });
  });

  it('is the first page again when it is sorted anew, and then turned', async () => {
    const asks = await open('cursor=page-2');
    await press('button', /^Schedule/);
    await asks({ ...unfiltered, sort: 'schedule' });
    await press('button', /^Schedule/);
    await asks({ ...unfiltered, sort: '-schedule' });
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
    const asks = await open(`${address.join('&')}&sort=owner`);
    await asks({ ...unfiltered, ...filters, sort: 'owner' });
    await press('button', 'Clear filters');
    await asks({ ...unfiltered, sort: 'owner' });
  });
});
