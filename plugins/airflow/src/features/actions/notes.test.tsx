import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AirflowApiError } from '../..';
import { actionPortal, choose } from '../../__testUtils__/actions';

describe('the note of a run', () => {
  it('keeps what was typed when it is refused, and says why', async () => {
    actionPortal('/runs/nightly', {
      setRunNote: () => {
        throw new AirflowApiError(502, {
          code: 'forbidden',
          message: "The portal's user may not do this",
          hint: 'Give it a role that may.',
        });
      },
    });
    await choose('More for nightly', 'Write a note…');
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Note'), 'wait for the bank');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(
      await dialog.findByText(/may not do this\. Give it a role/),
    ).toBeInTheDocument();
    expect(dialog.getByLabelText('Note')).toHaveValue('wait for the bank');
  });
});
