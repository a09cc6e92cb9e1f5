import { ClusterSimulation } from '../simulation/cluster';

/** What Airflow warns of, about one DAG or of one type if they are given. */
export function dagWarningsOf(
  cluster: ClusterSimulation,
  dagId: string | undefined,
  type: string | undefined,
) {
  return cluster.definition.dagWarnings.filter(
    w => (!dagId || w.dagId === dagId) && (!type || w.warningType === type),
  );
}
