import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { actionPortal, bodies, choose } from '../../__testUtils__/actions';

describe('deleting a run', () => {
  it('needs a reason everywhere, for it cannot be undone', async () => {
    const { askedOf } = actionPortal('/runs/nightly', {
      deleteRun: () => ({}),
    });
    await choose('More for nightly', 'Delete…');
    const dialog = within(await screen.findByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: 'Delete' });
    await waitFor(() => expect(confirm).toBeDisabled());
    await userEvent.type(dialog.getByLabelText(/Reason/), 'twice');
    await userEvent.click(confirm);
    await waitFor(() => expect(askedOf('deleteRun')).toHaveLength(1));
    // There is no run any more to stay on.
    await screen.findByRole('button', { name: 'Trigger' });
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(
      'report',
    );
  });
});

describe('deleting a DAG', () => {
  it('deletes once the id was typed and a reason given', async () => {
    const { askedOf } = actionPortal('', { deleteDag: () => ({}) });
    await choose('More for report', 'Delete in Airflow…');
    const dialog = within(await screen.findByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: 'Delete' });
    const typed = dialog.getByLabelText('Type report to delete it');
    await userEvent.type(typed, 'repor');
    expect(confirm).toBeDisabled();
    await userEvent.type(typed, 't');
    expect(confirm).toBeDisabled();
    await userEvent.type(dialog.getByLabelText(/Reason/), 'it moved');
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(bodies(askedOf('deleteDag'))).toEqual([
        { confirm: 'report', reason: 'it moved' },
      ]),
    );
  });
});
