import type { Alert } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link as OutLink } from '@backstage/ui';
import { Link } from 'react-router-dom';
import { useCluster } from '../../data/useClusters';
import { useDag, type DagName } from '../../data/useDag';
import { dagOf, runOf } from '../../features/alerts';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import styles from './AlertPage.module.css';

/** The pages where more can be seen, here and in Airflow. */
export function AlertLinks({ alert }: { alert: Alert }) {
  const { cluster } = alert.subject;
  const dag = dagOf(alert);
  const run = runOf(alert);
  const paths = useAirflowPaths();
  if (!dag) {
    return (
      <nav className={styles.links} aria-label="More about it">
        <Link to={paths.cluster(cluster)}>Cluster {cluster}</Link>
        <ClusterInAirflow cluster={cluster} />
      </nav>
    );
  }
  return (
    <nav className={styles.links} aria-label="More about it">
      <Link to={paths.dag(dag)}>DAG {dag.dagId}</Link>
      {run && <Link to={paths.run(run)}>Run {run.runId}</Link>}
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
