import type { Coverage } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Alert } from '@backstage/ui';
import { Fragment } from 'react';
import { ClusterName } from '../clusterName';
import { ageOf } from '../time';

/** Names the clusters whose rows may be missing or old; says nothing when all were read in time. */
export function CoverageNotice(props: { coverage: readonly Coverage[] }) {
  const stale = props.coverage.filter(part => part.stale);
  if (stale.length === 0) return null;
  return (
    <div data-kind="coverage-notice">
      <Alert
        status="warning"
        icon
        title={
          <>
            Could not be read lately:{' '}
            {stale.map(({ cluster, readAt }, i) => (
              <Fragment key={cluster}>
                {i > 0 && ', '}
                <ClusterName cluster={cluster} />
                {readAt
                  ? ` (last read ${ageOf(readAt, Date.now())})`
                  : ' (never read)'}
              </Fragment>
            ))}
          </>
        }
        description="What is shown of them may be missing or out of date."
      />
    </div>
  );
}

/** When the oldest of the facts shown was read. */
export function oldestReading(coverage: readonly Coverage[]): string | null {
  const read = coverage.flatMap(part => part.readAt ?? []);
  return read.sort().at(0) ?? null;
}
