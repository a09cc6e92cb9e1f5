import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { actionPortal, bodies, choose } from '../../__testUtils__/actions';
import { giveSize, gridPortal, runAt } from '../../__testUtils__/grid';
import { structureOf, taskOf } from '../../__testUtils__/tasks';

describe('the menu of a run', () => {
  it.each([
    [
      'who may not',
      {},
      (name: string) => !name.startsWith('airflow.run.'),
      /You lack the permission airflow.run/,
    ],
    [
      'a cluster that is read-only',
      { readOnly: true },
      () => true,
      /is read-only here/,
    ],
  ])('offers nothing to %s, and says why', async (_, cluster, may, why) => {
    actionPortal('/runs/nightly', {}, { cluster, may });
    await userEvent.click(
      await screen.findByRole('button', { name: 'More for nightly' }),
    );
    for (const item of await screen.findAllByRole('menuitem')) {
      await waitFor(() =>
        expect(item).toHaveAttribute('aria-disabled', 'true'),
      );
      expect(item).toHaveTextContent(why);
    }
  });
});

describe('the menu of a task group', () => {
  afterEach(() => jest.restoreAllMocks());

  it('clears and marks all that is in the group', async () => {
    giveSize(1_000, 600);
    const groups = [{ groupId: 'quality', label: 'quality', parentId: null }];
    const member = (name: string) =>
      taskOf(`quality.${name}`, [], { label: name, groupId: 'quality' });
    const summaries = ['nulls', 'totals'].map(name => ({
      taskId: `quality.${name}`,
      state: 'failed' as const,
    }));
    const { askedOf } = gridPortal(
      {
        structure: structureOf([member('nulls'), member('totals')], groups),
        runs: [runAt(1, { state: 'failed' })],
        summaries: () => summaries,
      },
      '?tab=grid',
      {
        markTasks: () => ({ dryRun: true, items: [] }),
        clearRun: () => ({ dryRun: true, items: [] }),
      },
    );
    const cell = await waitFor(() => {
      const found = document.querySelector(
        '[data-kind="grid-cell"][data-task="quality"]',
      );
      if (!found) throw new Error('The group is not drawn yet');
      return found;
    });
    await userEvent.click(cell);
    await choose('More for quality', 'Mark as success…');
    await screen.findByText(/marked as success already/);
    await userEvent.keyboard('{Escape}');
    await choose('More for quality', 'Clear…');
    await screen.findByText(/nothing to clear/);
    const tasks = ['quality.nulls', 'quality.totals'].map(taskId => ({
      taskId,
      mapIndex: null,
    }));
    expect(bodies(askedOf('markTasks'))).toMatchObject([
      { state: 'success', tasks },
    ]);
    expect(bodies(askedOf('clearRun'))).toMatchObject([
      { tasks, onlyFailed: true, downstream: false },
    ]);
  });
});
