import type { AlertSubject } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { ClusterName } from '../../ui/clusterName';
import styles from './alerts.module.css';

/** What an alert is about, from wide to narrow; each part opens its page. */
export function Where({ subject }: { subject: AlertSubject }) {
  const paths = useAirflowPaths();
  return (
    <span className={styles.where}>
      <Link to={paths.cluster(subject.cluster)}>
        <ClusterName cluster={subject.cluster} />
      </Link>{' '}
      <Part subject={subject} />
    </span>
  );
}

/** A file by its folder and its name; where that lies is the same for all of an Airflow. */
function endOf(filename: string): string {
  const parts = filename.split('/');
  return parts.length > 3 ? `…/${parts.slice(-2).join('/')}` : filename;
}

function Part({ subject }: { subject: AlertSubject }) {
  const paths = useAirflowPaths();
  switch (subject.kind) {
    case 'cluster':
      return null;
    case 'component':
      return <span>/ {subject.component.replaceAll('_', ' ')}</span>;
    case 'dag-file':
      return <span title={subject.filename}>/ {endOf(subject.filename)}</span>;
    case 'dag':
    case 'run':
      return (
        <span>
          / <Link to={paths.dag(subject)}>{subject.dagId}</Link>
        </span>
      );
    default:
      return null;
  }
}
