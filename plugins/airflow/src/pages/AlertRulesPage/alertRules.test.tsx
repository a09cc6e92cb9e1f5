import { screen, within } from '@testing-library/react';
import { portal } from '../../__testUtils__/portal';

describe('the rules in force', () => {
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

  it('says what fires at once, and whose DAGs it looks at', async () => {
    portal('/airflow/alerts/rules', {
      listAlertRules: () => ({
        items: [
          {
            name: 'payments fail',
            type: 'run-failed',
            severity: 'warning',
            forMs: 0,
            expected: 'a success',
            scope: { owners: ['group:default/payments'] },
            openAlerts: 0,
          },
        ],
      }),
    });
    const row = await screen.findByRole('row', { name: /payments fail/ });
    expect(row).toHaveTextContent(/a success.*at once.*owner payments0$/);
    expect(within(row).queryByRole('link')).toBeNull();
  });
});
