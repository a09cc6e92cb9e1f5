import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  actionPortal,
  bodies,
  choose,
  failedLoad,
  nightly,
} from '../../../__testUtils__/actions';
import { triesOf } from '../../../__testUtils__/tasks';

describe('marking a run', () => {
  it('says what marking does, marks, and reads the page again', async () => {
    const { askedOf } = actionPortal('/runs/nightly', {
      markRun: () => ({ ...nightly, state: 'success' }),
    });
    await choose('More for nightly', 'Mark as success…');
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/failed tasks too/)).toBeInTheDocument();
    const before = askedOf('getRun').length;
    await userEvent.type(dialog.getByLabelText(/Reason/), ' done by hand ');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Mark as success' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(bodies(askedOf('markRun'))).toEqual([
      { state: 'success', reason: 'done by hand' },
    ]);
    await waitFor(() =>
      expect(askedOf('getRun').length).toBeGreaterThan(before),
    );
  });
});

describe('marking a task', () => {
  const tries = { listTaskTries: () => triesOf(failedLoad) };

  it('shows what will be marked before it marks', async () => {
    const { askedOf } = actionPortal('/runs/nightly/tasks/load', {
      ...tries,
      markTasks: ({ body }) => {
        const isBelow = JSON.stringify(body).includes('"downstream":true');
        const below = isBelow
          ? [{ taskId: 'mail', mapIndex: -1, state: 'upstream_failed' }]
          : [];
        return {
          dryRun: JSON.stringify(body).includes('"dryRun":true'),
          items: [{ taskId: 'load', mapIndex: -1, state: 'failed' }, ...below],
        };
      },
    });
    await choose('More for load', 'Mark as success…');
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByRole('button', { name: 'Mark 1 task instance' });
    await userEvent.click(
      dialog.getByRole('radio', { name: 'load and everything downstream' }),
    );
    await userEvent.click(
      await dialog.findByRole('button', { name: 'Mark 2 task instances' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(bodies(askedOf('markTasks')).at(-1)).toEqual({
      state: 'success',
      tasks: [{ taskId: 'load', mapIndex: -1 }],
      upstream: false,
      downstream: true,
      dryRun: false,
    });
  });

  it('says when all is so already', async () => {
    actionPortal('/runs/nightly/tasks/load', {
      ...tries,
      markTasks: () => ({ dryRun: true, items: [] }),
    });
    await choose('More for load', 'Mark as failed…');
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText(/marked as failed already/),
    ).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: 'Mark' })).toBeDisabled();
  });
});
