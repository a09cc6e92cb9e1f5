import type { DagZone } from '@airflow-fleet/backstage-plugin-airflow-common';

/** Which zone, and how that is known. */
export function zoneWords({ name, source }: DagZone): string {
  switch (source) {
    case 'tag':
      return `${name}, set by the tag tz:${name}`;
    case 'cluster':
      return `${name}, the cluster's default`;
    default:
      return `${name}, inferred from what Airflow announced`;
  }
}
