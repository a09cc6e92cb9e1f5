import { airflowAlertManagePermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { NavLink } from 'react-router-dom';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import styles from './alerts.module.css';

/** The pages about alerts, beside each other. */
export function AlertNav() {
  const paths = useAirflowPaths();
  const { allowed } = usePermission({
    permission: airflowAlertManagePermission,
  });
  return (
    <nav className={styles.nav} aria-label="Alerts">
      <NavLink to={paths.alerts} end data-kind="nav-alerts">
        Alerts
      </NavLink>
      <NavLink to={paths.alertRules} data-kind="nav-alert-rules">
        Rules
      </NavLink>
      {allowed && (
        <NavLink to={paths.alertDeliveries} data-kind="nav-alert-deliveries">
          Deliveries
        </NavLink>
      )}
    </nav>
  );
}
