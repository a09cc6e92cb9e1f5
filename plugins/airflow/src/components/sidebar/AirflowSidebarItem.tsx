import { SidebarItem } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Badge from '@material-ui/core/Badge';
import { RiWindyLine } from '@remixicon/react';
import { AirflowQueryProvider } from '../../hooks/queryClient';
import { useAlerts } from '../../hooks/useAlerts';
import { rootRouteRef } from '../../routes';

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

/** Who may not read alerts sees the item without a figure. */
function useCriticalCount(): number {
  const { data } = useAlerts({
    filter: {
      scope: 'teams',
      severity: ['critical'],
      status: ['firing', 'acknowledged'],
    },
    limit: 1,
  });
  return data?.total ?? 0;
}

function Item() {
  const to = useRouteRef(rootRouteRef)();
  const count = useCriticalCount();
  const told = count === 1 ? '1 critical alert' : `${count} critical alerts`;
  return (
    <SidebarItem
      icon={Icon}
      to={to}
      text="Airflow"
      aria-label={count > 0 ? `Airflow, ${told}` : 'Airflow'}
    />
  );
}

function Icon() {
  const count = useCriticalCount();
  return (
    <Badge
      badgeContent={count}
      max={99}
      color="error"
      overlap="rectangular"
      data-kind="alert-badge"
    >
      <RiWindyLine />
    </Badge>
  );
}
