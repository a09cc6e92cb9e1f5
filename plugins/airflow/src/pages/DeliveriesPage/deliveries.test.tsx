import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deliveryOf, pageOf } from '../../__testUtils__/alerts';
import { portal } from '../../__testUtils__/portal';

const at = (time: string) => `2026-11-23T${time}:00.000Z`;

describe('deliveries', () => {
  it('sends a dead delivery again', async () => {
    const dead = deliveryOf({
      id: 'd2',
      status: 'dead',
      attempts: 8,
      lastError: 'It answered 500',
    });
    const { askedOf } = portal('/airflow/alerts/deliveries?status=dead', {
      listDeliveries: () => ({
        ...pageOf([dead]),
        mailRemark: 'the mail server did not answer at 03:12 UTC',
      }),
      resendDelivery: () => ({ ...dead, status: 'waiting' }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Send again' }),
    );
    await waitFor(() =>
      expect(askedOf('resendDelivery')).toEqual([
        expect.objectContaining({ params: { deliveryId: 'd2' } }),
      ]),
    );
    expect(askedOf('listDeliveries')[0].query).toMatchObject({
      status: ['dead'],
    });
    expect(
      screen.getByText(
        /whether mails arrive is not known: the mail server did not answer at 03:12 UTC/,
      ),
    ).toBeVisible();
  });

  it('tells of each how far it is, and what stood in its way', async () => {
    const lastError = 'It answered 500';
    portal('/airflow/alerts/deliveries', {
      listDeliveries: () =>
        pageOf([
          deliveryOf({
            id: 'd1',
            alertTitle: 'sent one',
            createdAt: at('02:00'),
            deliveredAt: at('02:10'),
            lastError,
          }),
          deliveryOf({
            id: 'd2',
            alertTitle: 'waiting one',
            status: 'waiting',
            attempts: 2,
            createdAt: at('02:00'),
            deliveredAt: null,
            nextAttemptAt: at('02:30'),
            lastError,
          }),
        ]),
    });
    const rowOf = async (name: RegExp) => screen.findByRole('row', { name });
    const momentsOf = (row: HTMLElement) =>
      Array.from(row.querySelectorAll('time'), ({ dateTime }) => dateTime);
    const sent = await rowOf(/sent one/);
    expect(sent).not.toHaveTextContent(lastError);
    expect(momentsOf(sent)).toEqual([at('02:10')]);
    const waiting = await rowOf(/waiting one/);
    expect(waiting).toHaveTextContent(`${lastError} next attempt`);
    expect(momentsOf(waiting)).toEqual([at('02:00'), at('02:30')]);
    for (const row of [sent, waiting]) {
      expect(within(row).queryByRole('button')).toBeNull();
    }
  });

  it('shows the first page again when the status changes', async () => {
    const { askedOf } = portal('/airflow/alerts/deliveries?cursor=page-2', {
      listDeliveries: () => pageOf([deliveryOf({ id: 'd1' })]),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /Status/ }),
    );
    await userEvent.click(await screen.findByRole('option', { name: 'dead' }));
    await waitFor(() =>
      expect(askedOf('listDeliveries').at(-1)?.query).toEqual({
        status: ['dead'],
        limit: 50,
      }),
    );
  });
});
