import type { Coverage } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Fragment } from 'react';
import { ClusterName } from '../clusterName';
import { ageOf } from '../time';
import styles from './layout.module.css';

/** Names the clusters whose rows may be missing or old; says nothing when all were read in time. */
export function CoverageNotice(props: { coverage: readonly Coverage[] }) {
  const stale = props.coverage.filter(part => part.stale);
  if (stale.length === 0) return null;
  return (
    <p className={styles.coverage} role="status" data-kind="coverage-notice">
      <strong>
        <span aria-hidden="true">⚠ </span>Could not be read lately:{' '}
        {stale.map(({ cluster, readAt }, i) => (
          <Fragment key={cluster}>
            {i > 0 && ', '}
            <ClusterName cluster={cluster} />
            {readAt
              ? ` (last read ${ageOf(readAt, Date.now())})`
              : ' (never read)'}
          </Fragment>
        ))}
      </strong>{' '}
      What is shown of them may be incomplete or out of date.
    </p>
  );
}

/** When the oldest of the facts shown was read. */
export function oldestReading(coverage: readonly Coverage[]): string | null {
  const read = coverage.flatMap(part => part.readAt ?? []);
  return read.sort().at(0) ?? null;
}
