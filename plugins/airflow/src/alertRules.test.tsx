import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { deliveryOf, pageOf } from './__testUtils__/alerts';
import { portal } from './__testUtils__/portal';

describe('rules and deliveries', () => {
  it('shows each rule with what it asks for and leads to what it found', async () => {
    portal('/airflow/alerts/rules', {
      listAlertRules: () => ({
        items: [
          {
            name: 'orders late',
            type: 'run-missed',
            severity: 'critical',
            forMs: 600_000,
            expected: 'a run at its promised time',
            scope: { clusters: ['prod-eu'], dags: ['load_*'] },
            openAlerts: 3,
          },
        ],
      }),
    });
    const row = await screen.findByRole('row', { name: /orders late/ });
    expect(row).toHaveTextContent(
      /run missed.*critical.*a run at its promised time.*10m.*cluster prod-eu; DAG load_\*/,
    );
    expect(within(row).getByRole('link', { name: '3' })).toHaveAttribute(
      'href',
      '/airflow/alerts?ruleType=run-missed',
    );
  });

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
});
