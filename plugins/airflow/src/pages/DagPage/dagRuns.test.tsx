import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { pageOf } from '../../__testUtils__/alerts';
import { clusterOf, dagPageOf, runOf } from '../../__testUtils__/dags';
import type { Answers } from '../../__testUtils__/fakeApi';
import { portal } from '../../__testUtils__/portal';

function open(query: string, answers: Answers) {
  return portal(`/airflow/clusters/prod-eu/dags/load_orders${query}`, {
    listClusters: () => ({ items: [clusterOf()] }),
    listRuns: () => pageOf<DagRun>([]),
    listTaskCounts: () => ({ items: [] }),
    getDag: () => dagPageOf(),
    ...answers,
  });
}

const rowsOf = async (table: string) =>
  within(await screen.findByRole('table', { name: table }))
    .getAllByRole('row')
    .slice(1);

describe('the recent runs of a DAG', () => {
  it('are the last ten, newest first', async () => {
    const recentRuns = Array.from({ length: 12 }, (_, i) =>
      runOf({ runId: `run-${i}` }),
    );
    const { askedOf } = open('', {
      getDag: () => ({ ...dagPageOf(), recentRuns }),
    });
    const shown = (await rowsOf('Recent runs')).map(row => row.dataset.run);
    expect(shown).toEqual(
      Array.from({ length: 10 }, (_, i) => `run-${11 - i}`),
    );
    expect(askedOf('listTaskCounts')[0].query).toEqual({ runId: shown });
  });

  it.each([
    [60_000, 89_000, false],
    [60_000, 91_000, true],
    [600_000, 899_000, false],
    [600_000, 901_000, true],
  ])(
    'that usually take %d ms: %d are long is %s',
    async (usual, ms, isLong) => {
      open('', {
        getDag: () => ({
          ...dagPageOf(),
          recentRuns: [runOf({ runId: 'r', durationMs: ms })],
          usualDurationMs: usual,
        }),
      });
      const [row] = await rowsOf('Recent runs');
      expect(within(row).queryByText(/^usually/) !== null).toBe(isLong);
    },
  );
});

describe('all stored runs of a DAG', () => {
  const history = () => ({
    ...pageOf([runOf({ runId: 'r1' })]),
    total: 60,
    nextCursor: 'page-2',
  });

  it.each([
    ['State', 'failed', { state: ['failed'] }],
    ['Type', 'backfill', { type: ['backfill'] }],
  ])('begin anew when the %s changes', async (filter, choice, narrowed) => {
    const { askedOf } = open('?tab=runs&cursor=page-2', { listRuns: history });
    await rowsOf('Stored runs');
    await userEvent.click(
      screen.getByRole('button', { name: new RegExp(filter) }),
    );
    await userEvent.click(await screen.findByRole('option', { name: choice }));
    await waitFor(() =>
      expect(askedOf('listRuns').at(-1)?.query).toEqual({
        cluster: ['prod-eu'],
        dagId: ['load_orders'],
        limit: 25,
        ...narrowed,
      }),
    );
  });
});
