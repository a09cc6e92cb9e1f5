import type { Coverage } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Alert } from '@backstage/ui';
import { ageOf } from '../time';

/** Names the clusters whose rows may be missing or old; says nothing when all were read in time. */
export function CoverageNotice(props: { coverage: readonly Coverage[] }) {
  const stale = props.coverage.filter(part => part.stale);
  if (stale.length === 0) return null;
  const parts = stale.map(({ cluster, readAt }) =>
    readAt
      ? `${cluster} (last read ${ageOf(readAt, Date.now())})`
      : `${cluster} (never read)`,
  );
  return (
    <div data-kind="coverage-notice">
      <Alert
        status="warning"
        icon
        title={`Could not be read lately: ${parts.join(', ')}`}
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
