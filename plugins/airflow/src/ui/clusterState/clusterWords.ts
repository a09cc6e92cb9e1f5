import type { ClusterStatus } from '@airflow-fleet/backstage-plugin-airflow-common';

/** How a cluster is, without colour. */
export const clusterGlyphs: Record<ClusterStatus, string> = {
  healthy: '✔',
  degraded: '!',
  unreachable: '✖',
  unknown: '?',
};

/** How a cluster is, with a glyph of its own. */
export const clusterWords: Record<ClusterStatus, string> = {
  healthy: `${clusterGlyphs.healthy} healthy`,
  degraded: `${clusterGlyphs.degraded} degraded`,
  unreachable: `${clusterGlyphs.unreachable} cannot be read`,
  unknown: `${clusterGlyphs.unknown} not known`,
};
