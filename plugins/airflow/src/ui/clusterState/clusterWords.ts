import type { ClusterStatus } from '@airflow-fleet/backstage-plugin-airflow-common';

/** How a cluster is, with a glyph of its own. */
export const clusterWords: Record<ClusterStatus, string> = {
  healthy: '✔ healthy',
  degraded: '! degraded',
  unreachable: '✖ cannot be read',
  unknown: '? not known',
};
