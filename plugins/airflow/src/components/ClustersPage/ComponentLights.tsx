import type { ComponentHealth } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Moment } from '../time';
import styles from './ClusterCard.module.css';

const glyphs: Record<ComponentHealth['status'], string> = {
  healthy: '●',
  unhealthy: '✖',
  absent: '–',
  unknown: '?',
};

/** The parts of one Airflow, each with a glyph, a word and the age of its heartbeat. */
export function ComponentLights(props: { components: ComponentHealth[] }) {
  return (
    <ul className={styles.lights}>
      {props.components.map(({ name, status, heartbeatAt }) => (
        <li key={name} data-kind="component-light" data-status={status}>
          <span aria-hidden="true">{glyphs[status]}</span>{' '}
          {name.replace('_', ' ')}: {status}
          {heartbeatAt && (
            <>
              {', '}
              <Moment at={heartbeatAt} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
