import { airflowAlertManagePermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { screen } from '@testing-library/react';
import { deliveryOf, pageOf } from '../../__testUtils__/alerts';
import { portal } from '../../__testUtils__/portal';

// In a file of its own, because answers about permissions are kept from one test to the next.
describe('the deliveries page', () => {
  it('shows no delivery to who may not see all of them', async () => {
    portal(
      '/airflow/alerts/deliveries',
      { listDeliveries: () => pageOf([deliveryOf({ id: 'd1' })]) },
      ({ permission }) => permission.name !== airflowAlertManagePermission.name,
    );
    expect(
      await screen.findByText(/airflow\.alert\.manage/),
    ).toBeInTheDocument();
    expect(screen.queryByText('load_orders failed')).toBeNull();
    expect(screen.queryByRole('link', { name: 'Deliveries' })).toBeNull();
  });
});
