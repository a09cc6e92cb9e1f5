import type { Coverage } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Empty } from '../feedback';
import { Moment } from '../time';
import { oldestReading } from './CoverageNotice';

/** That there is nothing of the kind, and how that is known; where nothing could be read, that it is not known. */
export function AllClear(props: {
  /** What there is none of, as `open alerts`. */
  what: string;
  coverage: readonly Coverage[];
}) {
  const { what, coverage } = props;
  const read = coverage.filter(({ stale }) => !stale);
  if (read.length === 0) {
    return <Empty>No cluster could be read, so {what} are not known.</Empty>;
  }
  const readAt = oldestReading(read);
  const clusters =
    read.length === coverage.length
      ? countOf(read.length)
      : `${read.length} of ${countOf(coverage.length)}`;
  return (
    <Empty>
      No {what} on {clusters}.
      {readAt && (
        <>
          {' '}
          Last read <Moment at={readAt} />.
        </>
      )}
    </Empty>
  );
}

function countOf(clusters: number): string {
  return clusters === 1 ? '1 cluster' : `${clusters} clusters`;
}
