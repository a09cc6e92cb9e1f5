import { Link } from 'react-router-dom';
import { useDags } from '../../data/useDags';
import { DagTable } from '../../features/dagTable';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Empty, Loaded } from '../../ui/feedback';
import type { ClusterTabProps } from './ClusterTabProps';

const SHOWN_DAGS = 50;

/** The DAGs of a cluster that ran last. */
export function ClusterDags({ cluster: { name } }: ClusterTabProps) {
  const paths = useAirflowPaths();
  const dags = useDags({
    filter: { cluster: [name] },
    sort: '-lastRunAt',
    limit: SHOWN_DAGS,
  });
  return (
    <Loaded what="DAGs" query={dags}>
      {({ items, total, coverage }) =>
        items.length === 0 ? (
          <Empty>Its DAGs have not been read yet.</Empty>
        ) : (
          <>
            <DagTable dags={items} coverage={coverage} />
            <Link to={`${paths.dags}?cluster=${encodeURIComponent(name)}`}>
              All {total} DAGs, to filter and sort
            </Link>
          </>
        )
      }
    </Loaded>
  );
}
