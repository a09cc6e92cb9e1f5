import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { dagPortal } from '../../__testUtils__/dagPortal';

const AT = '2026-11-23T02:00:00.000Z';

describe('the assets of a DAG', () => {
  it('are told apart by what it writes and what it waits for', async () => {
    const asset = (id: number, change: object) => ({
      id,
      name: `asset ${id}`,
      uri: `s3://${id}`,
      consumers: [],
      producers: [],
      lastEventAt: null,
      ...change,
    });
    const { askedOf } = dagPortal('?tab=assets', {
      listDagAssets: () => ({
        items: [
          asset(1, {
            consumers: ['load_orders'],
            producers: [{ dagId: 'export', taskId: 'write' }],
          }),
          asset(2, { producers: [{ dagId: 'load_orders', taskId: 'load' }] }),
        ],
      }),
      listAssetEvents: () => ({
        items: [
          {
            id: 7,
            assetId: 1,
            name: 'asset 1',
            at: AT,
            source: { dagId: 'export', runId: 'r1', taskId: 'write' },
            startedRuns: [{ dagId: 'load_orders', runId: 'asset__1' }],
          },
        ],
      }),
    });
    const section = async (name: string) =>
      within(await screen.findByRole('region', { name }));
    const awaited = await section('Runs when these are written');
    expect(awaited.getByText('asset 1')).toBeVisible();
    expect(awaited.getByRole('link', { name: 'export' })).toHaveAttribute(
      'href',
      '/airflow/clusters/prod-eu/dags/export',
    );
    const written = await section('Writes');
    expect(written.getByText('asset 2')).toBeVisible();
    // Events are asked for where somebody looks.
    expect(askedOf('listAssetEvents')).toEqual([]);
    await userEvent.click(awaited.getByText('When it was written'));
    expect(
      await awaited.findByRole('link', { name: 'load_orders' }),
    ).toHaveAttribute(
      'href',
      '/airflow/clusters/prod-eu/dags/load_orders/runs/asset__1',
    );
  });
});
