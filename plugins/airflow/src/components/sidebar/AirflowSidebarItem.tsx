import { SidebarItem } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RiWindyLine } from '@remixicon/react';
import { AirflowQueryProvider } from '../../hooks/queryClient';
import { useAlerts } from '../../hooks/useAlerts';
import { rootRouteRef } from '../../routes';
import styles from './AirflowSidebarItem.module.css';

/**
 * Airflow in the portal's sidebar, with how many critical alerts of the reader and the reader's groups are open.
 *
 * @public
 */
export function AirflowSidebarItem() {
  return (
    <AirflowQueryProvider>
      <Item />
    </AirflowQueryProvider>
  );
}

const Icon = () => <RiWindyLine />;

function Item() {
  const to = useRouteRef(rootRouteRef)();
  // Who may not read alerts sees the item without a figure.
  const { data } = useAlerts({
    filter: {
      scope: 'teams',
      severity: ['critical'],
      status: ['firing', 'acknowledged'],
    },
    limit: 1,
  });
  const count = data?.total ?? 0;
  const told = count === 1 ? '1 critical alert' : `${count} critical alerts`;
  return (
    <SidebarItem
      icon={Icon}
      to={to}
      text="Airflow"
      hasNotifications={count > 0}
      aria-label={count > 0 ? `Airflow, ${told}` : 'Airflow'}
    >
      {count > 0 && (
        <span className={styles.badge} title={told} data-kind="alert-badge">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </SidebarItem>
  );
}
