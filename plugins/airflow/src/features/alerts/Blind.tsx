import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Moment } from '../../ui/time';
import styles from './alerts.module.css';

/** That nobody knows how an alert is now, since when and why; nothing while its facts are read. */
export function Blind({ alert }: { alert: Alert }) {
  if (!alert.blindSince) return null;
  return (
    <small className={styles.blind} data-kind="alert-blind">
      <span aria-hidden="true">?</span> not known since{' '}
      <Moment at={alert.blindSince} />: {alert.subject.cluster} cannot be read
    </small>
  );
}
