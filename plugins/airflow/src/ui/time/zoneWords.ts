import type { DagZone } from '@airflow-fleet/backstage-plugin-airflow-common';

/** The zone of a schedule where it is known; of several that are likely, none. */
export function zoneName(zone: DagZone | null | undefined): string | undefined {
  return zone && zone.source !== 'open' ? zone.name : undefined;
}

/** Which zone, and how that is known. */
export function zoneWords(zone: DagZone): string {
  switch (zone.source) {
    case 'tag':
      return `${zone.name}, set by the tag tz:${zone.name}`;
    case 'cluster':
      return `${zone.name}, the cluster's default`;
    case 'inferred':
      return `${zone.name}, inferred from what Airflow announced`;
    default:
      return `${oneOf(zone)}, not known which; a tag such as tz:${
        zone.names[0]
      } on the DAG tells`;
  }
}

function oneOf(zone: Extract<DagZone, { source: 'open' }>): string {
  const { names, total } = zone;
  const others = total - names.length;
  if (others > 0) return `${names.join(', ')} or one of ${others} others`;
  return `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
}
