import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { SeverityChip } from '../../features/alerts';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Section } from '../../ui/layout';
import styles from './AlertPage.module.css';

/** Why nobody is told of this one, and what is silent because of it. */
export function RelatedAlerts(props: {
  cause: Alert | null;
  inhibits: readonly Alert[];
}) {
  const { cause, inhibits } = props;
  const paths = useAirflowPaths();
  return (
    <>
      {cause && (
        <p data-kind="alert-cause">
          Because of <Link to={paths.alert(cause.id)}>{cause.title}</Link>:
          nobody is notified of this one while that lasts.
        </p>
      )}
      {inhibits.length > 0 && (
        <Section
          title={`Caused by this: ${inhibits.length}`}
          kind="alert-inhibits"
        >
          <ul className={styles.related}>
            {inhibits.map(alert => (
              <li key={alert.id} data-kind="alert-inhibited">
                <SeverityChip severity={alert.severity} />{' '}
                <Link to={paths.alert(alert.id)}>{alert.title}</Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
