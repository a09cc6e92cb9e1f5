import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../address/useAirflowPaths';
import { runName } from './runName';

/** Leads to a run by what people call it, with its id on hover. */
export function RunLink({
  run,
}: {
  run: Pick<DagRun, 'cluster' | 'dagId' | 'runId' | 'dueAt'>;
}) {
  const paths = useAirflowPaths();
  return (
    <Link to={paths.run(run)} title={run.runId}>
      {runName(run)}
    </Link>
  );
}
