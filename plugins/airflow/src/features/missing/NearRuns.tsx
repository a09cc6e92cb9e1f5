import type { DagName } from '../../data/useDag';
import { useRuns } from '../../data/useRuns';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { Near } from './Near';

const SHOWN = 5;

/** The last runs of the DAG. */
export function NearRuns({ dag }: { dag: DagName }) {
  const paths = useAirflowPaths();
  const { data } = useRuns(dag, { filter: {}, limit: SHOWN });
  return (
    <Near
      title="Latest runs:"
      links={(data?.items ?? []).map(run => ({
        to: paths.run(run),
        text: run.runId,
      }))}
    />
  );
}
