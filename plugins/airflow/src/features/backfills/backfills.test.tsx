import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AirflowApiError } from '../..';
import { actionPortal, bodies, choose } from '../../__testUtils__/actions';
import { dagDetailsOf } from '../../__testUtils__/dags';

const AT = '2026-11-23T02:00:00.000Z';

describe('backfills', () => {
  const backfill = {
    id: 4,
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-03T00:00:00.000Z',
    paused: false,
    reprocess: 'none',
    maxActiveRuns: 2,
    createdAt: AT,
    completedAt: null,
  };

  it('are listed, and cancelled after a question', async () => {
    const { askedOf } = actionPortal('?tab=backfills', {
      listBackfills: () => ({ items: [backfill] }),
      changeBackfill: () => ({ ...backfill, completedAt: AT }),
    });
    expect(
      await screen.findByText(/2026-11-01 00:00 to 2026-11-03/),
    ).toBeInTheDocument();
    await choose('More for backfill 4', 'Cancel…');
    const dialog = within(await screen.findByRole('dialog'));
    const cancel = dialog.getByRole('button', { name: 'Cancel the backfill' });
    expect(cancel).toBeDisabled();
    await userEvent.type(dialog.getByLabelText(/Reason/), 'too late');
    await userEvent.click(cancel);
    await waitFor(() =>
      expect(askedOf('changeBackfill')).toMatchObject([
        {
          params: { backfillId: 4 },
          body: { change: 'cancel', reason: 'too late' },
        },
      ]),
    );
  });

  it('show the dates that they would run before they start', async () => {
    const { askedOf } = actionPortal('?tab=backfills', {
      listBackfills: () => ({ items: [] }),
      createBackfill: ({ body }) => ({
        dates: ['2026-11-20T04:00:00Z', '2026-11-21T04:00:00Z'],
        backfill: JSON.stringify(body).includes('"dryRun":true')
          ? null
          : backfill,
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Start a backfill…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('2026-11-20 04:00')).toBeInTheDocument();
    await userEvent.click(dialog.getByRole('button', { name: 'Start 2 runs' }));
    await waitFor(() =>
      expect(bodies(askedOf('createBackfill')).at(-1)).toMatchObject({
        dryRun: false,
        reprocess: 'none',
        maxActiveRuns: 10,
      }),
    );
  });

  it('give their runs a configuration, filled in like that of a single run', async () => {
    const { askedOf } = actionPortal('?tab=backfills', {
      getDagDetails: () =>
        dagDetailsOf({
          params: [
            {
              name: 'rows',
              value: '100',
              description: null,
              schema: '{"type":"integer","minimum":1}',
            },
          ],
        }),
      listBackfills: () => ({ items: [] }),
      createBackfill: () => ({ dates: [AT], backfill: null }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Start a backfill…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const start = await dialog.findByRole('button', { name: 'Start 1 run' });
    await userEvent.click(dialog.getByText('Configuration of its runs'));
    const rows = dialog.getByLabelText(/rows/);
    await userEvent.clear(rows);
    await userEvent.type(rows, '0');
    expect(start).toBeDisabled();
    await userEvent.clear(rows);
    await userEvent.type(rows, '5');
    await userEvent.click(start);
    await waitFor(() =>
      expect(bodies(askedOf('createBackfill')).at(-1)).toMatchObject({
        dryRun: false,
        conf: '{"rows":5}',
      }),
    );
    // What is filled in changes none of the dates, so they are asked for once.
    expect(askedOf('createBackfill')).toHaveLength(2);
  });

  it('repeat runs with the version of the DAG that is chosen, where Airflow takes one', async () => {
    const { askedOf } = actionPortal(
      '?tab=backfills',
      {
        listBackfills: () => ({ items: [] }),
        createBackfill: () => ({ dates: [AT], backfill: null }),
      },
      { cluster: { capabilities: ['backfills', 'backfill-version'] } },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Start a backfill…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const own = 'the one it ran with';
    // Nothing is repeated yet.
    expect(dialog.queryByLabelText(own)).not.toBeInTheDocument();
    await userEvent.click(dialog.getByLabelText('run again where it failed'));
    expect(dialog.getByLabelText(/the default set in Airflow/)).toBeChecked();
    await userEvent.click(dialog.getByLabelText(own));
    const start = await dialog.findByRole('button', { name: 'Start 1 run' });
    // Runs that are there start anew, which cannot be undone.
    expect(start).toBeDisabled();
    await userEvent.type(dialog.getByLabelText(/Reason/), 'late data');
    await userEvent.click(start);
    await waitFor(() =>
      expect(bodies(askedOf('createBackfill')).at(-1)).toMatchObject({
        dryRun: false,
        reprocess: 'failed',
        onLatestVersion: false,
      }),
    );
  });

  it('leave the version of the DAG to an Airflow that takes none', async () => {
    actionPortal('?tab=backfills', {
      listBackfills: () => ({ items: [] }),
      createBackfill: () => ({ dates: [AT], backfill: null }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Start a backfill…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByLabelText('run again where it failed'));
    await dialog.findByRole('button', { name: 'Start 1 run' });
    expect(
      dialog.queryByLabelText('the one it ran with'),
    ).not.toBeInTheDocument();
  });

  it.each([
    ['no-dates', 'The schedule of this DAG names no dates to run it for'],
    ['not-allowed', 'The file of this DAG allows no backfills'],
  ] as const)(
    'are not started where Airflow makes none (%s)',
    async (backfillRefusal, reason) => {
      actionPortal('?tab=backfills', {
        getDagDetails: () => dagDetailsOf({ backfillRefusal }),
        listBackfills: () => ({ items: [backfill] }),
      });
      const why = await screen.findByTitle(reason);
      expect(
        within(why).getByRole('button', { name: 'Start a backfill…' }),
      ).toBeDisabled();
      // One that goes on can be stopped all the same.
      await choose('More for backfill 4', 'Cancel…');
      expect(await screen.findByRole('dialog')).toBeInTheDocument();
    },
  );

  it('say what Airflow said when it refuses', async () => {
    const says =
      'Cluster test refused the request: report has a non-periodic schedule that does not support backfills';
    actionPortal('?tab=backfills', {
      listBackfills: () => ({ items: [] }),
      createBackfill: () => {
        throw new AirflowApiError(422, {
          code: 'airflow-bad-request',
          message: says,
          hint: 'Correct what Airflow names and try again',
          cluster: 'test',
        });
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Start a backfill…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText(text => text.startsWith(says)),
    ).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: 'Start' })).toBeDisabled();
  });

  it('have no tab where Airflow has none', async () => {
    actionPortal('', {}, { cluster: { apiVersion: 'v1', capabilities: [] } });
    await screen.findByRole('link', { name: 'Runs' });
    expect(
      screen.queryByRole('link', { name: 'Backfills' }),
    ).not.toBeInTheDocument();
  });
});
