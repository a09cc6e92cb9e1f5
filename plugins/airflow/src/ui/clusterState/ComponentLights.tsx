import {
  toPortalTime,
  type Cluster,
  type KnownComponent,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Moment } from '../time';
import styles from './clusterState.module.css';

const glyphs: Record<KnownComponent['status'], string> = {
  healthy: '●',
  unhealthy: '✖',
  absent: '–',
  unknown: '?',
};

/** The parts of one Airflow, each with a glyph, a word and the age of its heartbeat. */
export function ComponentLights({
  cluster: { components, clock },
}: {
  cluster: Pick<Cluster, 'components' | 'clock'>;
}) {
  return (
    <ul className={styles.lights}>
      {components.map(({ name, status, heartbeatAt, lastSeen }) => (
        <li key={name} data-kind="component-light" data-status={status}>
          <span aria-hidden="true">{glyphs[status]}</span>{' '}
          {name.replace('_', ' ')}: {status}
          {lastSeen && (
            <>
              , last seen {lastSeen.status} at <Moment at={lastSeen.readAt} />
            </>
          )}
          {!lastSeen && heartbeatAt && (
            <>
              {', '}
              <Moment at={toPortalTime(heartbeatAt, clock)} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
