import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Says } from '../actions/dialog';
import styles from './alerts.module.css';

const NAMED = 5;

/** Which alerts something is done to, and what comes of it. */
export function AlertsQuestion(props: {
  alerts: readonly Alert[];
  says: string;
}) {
  const { alerts, says } = props;
  return (
    <>
      <ul className={styles.titles}>
        {alerts.slice(0, NAMED).map(({ id, title }) => (
          <li key={id}>{title}</li>
        ))}
        {alerts.length > NAMED && <li>and {alerts.length - NAMED} more</li>}
      </ul>
      <Says>{says}</Says>
    </>
  );
}
