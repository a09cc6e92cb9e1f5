import { SidebarItem } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Badge from '@material-ui/core/Badge';
import { withStyles } from '@material-ui/core/styles';
import { RiWindyLine } from '@remixicon/react';
import { AirflowQueryProvider } from '../../data/queryClient';
import { useAlerts } from '../../data/useAlerts';
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
  const text = count === 1 ? '1 critical alert' : `${count} critical alerts`;
  return (
    <SidebarItem
      icon={Icon}
      to={to}
      text="Airflow"
      aria-label={count > 0 ? `Airflow, ${text}` : 'Airflow'}
    />
  );
}

/** Red enough for white figures to be read on it, in both themes. */
const CriticalBadge = withStyles({
  badge: { color: '#ffffff', backgroundColor: '#c01c1c' },
})(Badge);

function Icon() {
  const count = useCriticalCount();
  return (
    <CriticalBadge
      badgeContent={count}
      max={99}
      overlap="circular"
      data-kind="alert-badge"
    >
      <RiWindyLine />
    </CriticalBadge>
  );
}
