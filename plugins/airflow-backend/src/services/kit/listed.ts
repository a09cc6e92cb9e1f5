import type {
  Dag,
  DagRun,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowRunDetails } from '../../airflow';
import type { StoredDag } from '../../store';

/** What lists tell of a run that Airflow has told whole. */
export function listedRun(cluster: string, run: AirflowRunDetails): DagRun {
  const { conf, dataIntervalStart, dataIntervalEnd, ...listed } = run;
  return { cluster, ...listed };
}

/** A DAG without what its runs say of it. */
export function dagAlone(stored: StoredDag): Dag {
  const { successRate, failing, ...dag } = stored;
  return dag;
}
