import type { Cluster } from '@airflow-fleet/backstage-plugin-airflow-common';

/** What every tab of a cluster is given. */
export interface ClusterTabProps {
  cluster: Cluster;
}
