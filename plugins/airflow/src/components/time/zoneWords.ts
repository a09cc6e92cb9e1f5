import type { DagZone } from '@airflow-fleet/backstage-plugin-airflow-common';

/** Which zone, and how that is known. */
export function zoneWords({ name, source }: DagZone): string {
  return source === 'cluster'
    ? `${name}, the cluster's default`
    : `${name}, inferred from what Airflow announced`;
}
