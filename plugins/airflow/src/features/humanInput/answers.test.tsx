import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { actionPortal, failedLoad } from '../../__testUtils__/actions';
import { triesOf } from '../../__testUtils__/tasks';

const AT = '2026-11-23T02:00:00.000Z';

describe('a task that asks', () => {
  const asked = {
    taskId: 'load',
    mapIndex: -1,
    displayName: 'load',
    subject: 'Raise the limit?',
    body: 'To **25,000** EUR',
    options: ['Approve', 'Reject'],
    defaults: [],
    multiple: false,
    params: [
      {
        name: 'limit',
        value: '25000',
        description: null,
        schema: '{"type":"integer"}',
      },
    ],
    assignedTo: [],
    askedAt: AT,
    answer: null,
  };

  it('is pointed to on its run', async () => {
    actionPortal('/runs/nightly', {
      listHumanInputs: () => ({ items: [asked] }),
    });
    const link = await screen.findByRole('link', { name: 'Raise the limit?' });
    expect(link).toHaveAttribute(
      'href',
      expect.stringMatching(/\/runs\/nightly\/tasks\/load$/),
    );
  });

  it('is answered with what it asks for', async () => {
    const { askedOf } = actionPortal('/runs/nightly/tasks/load', {
      listTaskTries: () => triesOf({ ...failedLoad, state: 'awaiting_input' }),
      listHumanInputs: () => ({ items: [asked] }),
      answerHumanInput: () => ({}),
    });
    const answer = await screen.findByRole('button', { name: 'Answer' });
    expect(answer).toBeDisabled();
    await userEvent.click(screen.getByRole('radio', { name: 'Approve' }));
    const limit = screen.getByRole('textbox', { name: /limit/ });
    await userEvent.clear(limit);
    await userEvent.type(limit, '20000');
    await userEvent.click(answer);
    await waitFor(() =>
      expect(askedOf('answerHumanInput')).toMatchObject([
        {
          params: { taskId: 'load' },
          body: {
            mapIndex: -1,
            options: ['Approve'],
            params: '{"limit":20000}',
          },
        },
      ]),
    );
  });
});
