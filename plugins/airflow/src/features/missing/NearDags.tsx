import type { DagName } from '../../data/useDag';
import { useDags } from '../../data/useDags';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Near } from './Near';
import { distinctPart } from './distinctPart';

const SHOWN = 5;

/** The DAG of that id on other clusters, and DAGs of the cluster whose names are like it. */
export function NearDags({ dag }: { dag: DagName }) {
  const { cluster, dagId } = dag;
  const paths = useAirflowPaths();
  const elsewhere = useDags({
    filter: { dagPattern: [dagId], includeGone: true },
    sort: 'cluster',
    limit: SHOWN,
  });
  const alike = useDags({
    filter: {
      cluster: [cluster],
      text: distinctPart(dagId),
      includeGone: true,
    },
    sort: 'displayName',
    limit: SHOWN,
  });
  return (
    <>
      <Near
        title="There is one of that id on another cluster:"
        links={(elsewhere.data?.items ?? []).map(found => ({
          to: paths.dag(found),
          text: `${found.dagId} on ${found.cluster}`,
        }))}
      />
      <Near
        title="Similar names:"
        links={(alike.data?.items ?? []).map(found => ({
          to: paths.dag(found),
          text: found.dagId,
        }))}
      />
    </>
  );
}
