import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { pageOf } from '../../__testUtils__/alerts';
import { clusterOf, dagOf, noDagFacets, runOf } from '../../__testUtils__/dags';
import { portal } from '../../__testUtils__/portal';

function open(query = '') {
  return portal(`/airflow/dags${query}`, {
    listDags: () =>
      pageOf([dagOf({ lastRun: runOf({ runId: 'r1', state: 'failed' }) })]),
    listDagFacets: () => noDagFacets,
  });
}

beforeEach(() => localStorage.clear());

describe('the list of DAGs', () => {
  it('tells schedules shortly, in words on hover, and leads from the state to the last run', async () => {
    open();
    expect(await screen.findByText('daily 03:30 Berlin')).toHaveAttribute(
      'title',
      'At 03:30\n30 3 * * *\nin Europe/Berlin, inferred from what Airflow announced',
    );
    expect(screen.getByRole('link', { name: /failed/ })).toHaveAttribute(
      'href',
      '/airflow/clusters/prod-eu/dags/load_orders/runs/r1',
    );
  });

  it('draws the last runs from old to new, as high as each took long', async () => {
    const runs = [
      runOf({ runId: 'r1', state: 'success', durationMs: 60_000 }),
      runOf({ runId: 'r2', state: 'failed', durationMs: 120_000 }),
      runOf({ runId: 'r3', state: 'running', durationMs: null }),
    ];
    portal('/airflow/dags', {
      listDags: () => pageOf([dagOf({ recentRuns: runs })]),
      listDagFacets: () => noDagFacets,
    });
    const list = await screen.findByRole('list', { name: 'Last 3 runs' });
    const bars = within(list).getAllByRole('link');
    const dag = '/airflow/clusters/prod-eu/dags/load_orders';
    expect(
      bars.map(bar => [
        bar.getAttribute('href'),
        bar.dataset.state,
        bar.querySelector('i')?.style.height,
      ]),
    ).toEqual([
      [`${dag}/runs/r1`, 'success', '16px'],
      [`${dag}/runs/r2`, 'failed', '26px'],
      [`${dag}/runs/r3`, 'running', '13px'],
    ]);
    expect(bars[0]).toHaveAccessibleName('success, 23 Nov 02:00, 1m');
    expect(bars[2]).toHaveAttribute('title', 'running, 23 Nov 02:00');
  });

  it('calls clusters that could not be read what people call them', async () => {
    portal('/airflow/dags', {
      listClusters: () => ({ items: [clusterOf()] }),
      listDags: () =>
        pageOf([dagOf()], [{ cluster: 'prod-eu', readAt: null, stale: true }]),
      listDagFacets: () => noDagFacets,
    });
    const notice = await screen.findByText(/Could not be read lately/);
    await waitFor(() =>
      expect(notice).toHaveTextContent(
        'Could not be read lately: Production EU (never read)',
      ),
    );
  });

  it('says so where a DAG has no runs', async () => {
    open();
    expect(await screen.findByText('no runs')).toBeVisible();
  });

  it('marks what is wrong with a DAG, and promises no run of a paused one', async () => {
    const since = '2026-11-23T01:00:00.000Z';
    const failing = { since, failures: 2 };
    portal('/airflow/dags', {
      listDags: () =>
        pageOf(
          [
            dagOf({ dagId: 'resting', paused: true, failing }),
            dagOf({
              dagId: 'broken',
              failing,
              lastRun: runOf({ runId: 'r1', state: 'failed' }),
              hasImportErrors: true,
            }),
            dagOf({ dagId: 'well', cluster: 'prod-us', successRate: 0.925 }),
          ],
          [
            { cluster: 'prod-eu', readAt: since, stale: false },
            { cluster: 'prod-us', readAt: since, stale: true },
          ],
        ),
      listDagFacets: () => noDagFacets,
    });
    const rowOf = async (name: string) =>
      (await screen.findByRole('link', { name })).closest('tr');
    const nextRunOf = (row: HTMLElement | null) =>
      row
        ?.querySelector('[data-label="Next run"] time')
        ?.getAttribute('dateTime');

    const resting = await rowOf('resting');
    expect(resting).toHaveTextContent(/✖ failing since .*‖ paused/);
    expect(nextRunOf(resting)).toBeUndefined();
    const broken = await rowOf('broken');
    expect(broken).toHaveTextContent('✖ import error');
    // The state of its last run says that already.
    expect(broken).not.toHaveTextContent('failing since');
    const well = await rowOf('well');
    expect(well).toHaveTextContent(/\? last read .*93 %/);
    expect(nextRunOf(well)).toBe('2026-11-24T02:30:00.000Z');
  });

  it('calls clusters as people do, in rows and filters', async () => {
    portal('/airflow/dags?cluster=prod-eu', {
      listDags: () => pageOf([dagOf(), dagOf({ cluster: 'hidden' })]),
      listDagFacets: () => ({
        ...noDagFacets,
        cluster: [{ value: 'prod-eu', count: 2 }],
      }),
      listClusters: () => ({ items: [clusterOf()] }),
    });
    const link = await screen.findByRole('link', { name: 'Production EU' });
    expect(link).toHaveAttribute('href', '/airflow/clusters/prod-eu');
    expect(screen.getByRole('link', { name: 'hidden' })).toBeVisible();
    expect(
      screen.getByRole('button', { name: /^Production EU \(2\)/ }),
    ).toBeVisible();
  });

  it('keeps favourites, and shows only those when asked to', async () => {
    const { askedOf } = open();
    const star = await screen.findByRole('button', {
      name: 'Favourite load_orders',
    });
    expect(star).toHaveAttribute('aria-pressed', 'false');
    await userEvent.click(star);
    expect(star).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(screen.getByRole('switch', { name: 'Favourites' }));
    await waitFor(() =>
      expect(askedOf('listDags').at(-1)?.query).toMatchObject({
        dag: ['prod-eu/load_orders'],
      }),
    );
  });

  it('says how to make favourites where there are none, and does not show all', async () => {
    const { askedOf } = open('?favourites=true');
    expect(await screen.findByText(/You have no favourites yet/)).toBeVisible();
    expect(askedOf('listDags')).toEqual([]);
  });

  it('shows only those of a presence, kept in the address', async () => {
    const { askedOf } = portal('/airflow/dags?presence=vanished', {
      listDags: () => pageOf([dagOf()]),
      listDagFacets: () => ({
        ...noDagFacets,
        presence: [{ value: 'broken', count: 3 }],
      }),
    });
    const chosen = await screen.findByRole('button', { name: /Presence/ });
    expect(chosen).toHaveTextContent('− vanished (0)');
    expect(askedOf('listDags').at(-1)?.query).toMatchObject({
      presence: ['vanished'],
    });
    await userEvent.click(chosen);
    await userEvent.click(
      await screen.findByRole('option', { name: '✖ broken (3)' }),
    );
    await waitFor(() =>
      expect(askedOf('listDags').at(-1)?.query).toMatchObject({
        presence: ['broken', 'vanished'],
      }),
    );
  });

  it('folds its filters on a phone, and says how many are set', async () => {
    open('?cluster=prod-eu&tag=critical&text=orders');
    const more = await screen.findByRole('button', { name: 'Filters (2)' });
    expect(more).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(more);
    expect(more).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByRole('search')).toHaveAttribute('data-open', 'true');
  });

  it('shows a filter that is rarely set as soon as it is', async () => {
    open('?favourites=true');
    const more = await screen.findByRole('button', { name: 'Filters (1)' });
    expect(more).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByRole('search')).toHaveAttribute('data-open', 'true');
  });

  it.each([
    ['?tag=a&tag=b', false],
    ['?tag=a', true],
  ])('offers to ask for all of several tags: %s', async (query, isHidden) => {
    open(query);
    await screen.findByText('daily 03:30 Berlin');
    const match = document.querySelector('[data-kind="filter-tag-match"]');
    expect(match === null).toBe(isHidden);
  });
});
