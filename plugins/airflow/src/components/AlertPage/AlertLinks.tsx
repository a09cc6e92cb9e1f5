import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link as OutLink } from '@backstage/ui';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { useCluster } from '../../hooks/useClusters';
import { useDag, type DagName } from '../../hooks/useDag';
import styles from './AlertPage.module.css';

/** The pages where more can be seen, here and in Airflow. */
export function AlertLinks({ alert }: { alert: Alert }) {
  const { subject, runId } = alert;
  const paths = useAirflowPaths();
  if (subject.kind !== 'dag' && subject.kind !== 'run') {
    return (
      <nav className={styles.links} aria-label="More about it">
        <Link to={paths.cluster(subject.cluster)}>
          Cluster {subject.cluster}
        </Link>
        <ClusterInAirflow cluster={subject.cluster} />
      </nav>
    );
  }
  const dag = { cluster: subject.cluster, dagId: subject.dagId };
  return (
    <nav className={styles.links} aria-label="More about it">
      <Link to={paths.dag(dag)}>DAG {dag.dagId}</Link>
      {runId !== null && (
        <Link to={paths.run({ ...dag, runId })}>Run {runId}</Link>
      )}
      <DagInAirflow dag={dag} />
    </nav>
  );
}

function ClusterInAirflow({ cluster }: { cluster: string }) {
  const { data } = useCluster(cluster);
  return data ? <InAirflow href={data.webUrl} /> : null;
}

function DagInAirflow({ dag }: { dag: DagName }) {
  const { data } = useDag(dag);
  return data ? <InAirflow href={data.webUrl} /> : null;
}

function InAirflow({ href }: { href: string }) {
  return (
    <OutLink href={href} target="_blank">
      Open in Airflow
    </OutLink>
  );
}
