import type { DagPresence } from './domain';

/**
 * The type of DAGs in the portal's search. Clusters have another, since who may read the one may not read the other.
 *
 * @public
 */
export const AIRFLOW_DAG_SEARCH_TYPE = 'airflow-dag';

/**
 * The type of clusters in the portal's search.
 *
 * @public
 */
export const AIRFLOW_CLUSTER_SEARCH_TYPE = 'airflow-cluster';

/**
 * A DAG or a cluster as a search result. Every part is text or a list of texts, so that each can be a filter.
 *
 * @public
 */
export interface AirflowSearchDocument {
  /** What it is of. */
  kind: 'dag' | 'cluster';
  /** Display name. */
  title: string;
  /** What is searched. */
  text: string;
  /** Path of its page, see {@link readAirflowPath}. */
  location: string;
  /** Name of the cluster, or of the one that the DAG is on. */
  cluster: string;
  /** Empty for a cluster. */
  dagId: string;
  /** One line; empty for none. */
  description: string;
  /** As Airflow or the configuration tells them. */
  tags: string[];
  /** Entity ref of who owns it; of a DAG that nobody of the catalog owns, Airflow's first owner; empty for none. */
  owner: string;
  /** State of a DAG's last run, `paused` or `never ran`; the status of a cluster. */
  state: string;
  /** Whether Airflow still has the DAG as it should, one of `dagPresences`; empty for a cluster. */
  presence: DagPresence | '';
  /** What the search backend asks the permission policy about. */
  authorization: { resourceRef: string };
}
