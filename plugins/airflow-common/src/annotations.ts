import type { DagSelector } from './selector';

/**
 * Narrows what the other annotations of an entity mean to these clusters: names as `airflow.clusters` gives them,
 * separated by commas. Alone it means every DAG of the clusters.
 *
 * @public
 */
export const AIRFLOW_CLUSTER_ANNOTATION = 'airflow.apache.org/cluster';

/**
 * The DAGs of an entity: ids, or globs with `*` for any characters and `?` for one, separated by commas.
 *
 * @public
 */
export const AIRFLOW_DAG_ID_ANNOTATION = 'airflow.apache.org/dag-id';

/**
 * The DAGs of an entity by their tags, separated by commas; one of them is enough.
 *
 * @public
 */
export const AIRFLOW_DAG_TAG_ANNOTATION = 'airflow.apache.org/dag-tag';

/**
 * The DAGs of an entity by their owners in Airflow, separated by commas; one of them is enough.
 *
 * @public
 */
export const AIRFLOW_DAG_OWNER_ANNOTATION = 'airflow.apache.org/dag-owner';

/**
 * Every annotation by which a catalog entity says which DAGs are its own.
 *
 * @public
 */
export const airflowAnnotations = [
  AIRFLOW_CLUSTER_ANNOTATION,
  AIRFLOW_DAG_ID_ANNOTATION,
  AIRFLOW_DAG_TAG_ANNOTATION,
  AIRFLOW_DAG_OWNER_ANNOTATION,
] as const;

/**
 * Reads which DAGs an entity says are its own; null for an entity that says nothing of Airflow.
 *
 * @public
 */
export function readAirflowAnnotations(entity: {
  metadata: { annotations?: Record<string, string> };
}): DagSelector | null {
  const { annotations = {} } = entity.metadata;
  const read = (name: (typeof airflowAnnotations)[number]) => [
    ...new Set(
      (annotations[name] ?? '')
        .split(',')
        .map(value => value.trim())
        .filter(value => value !== ''),
    ),
  ];
  const selector = {
    clusters: read(AIRFLOW_CLUSTER_ANNOTATION),
    dagIds: read(AIRFLOW_DAG_ID_ANNOTATION),
    tags: read(AIRFLOW_DAG_TAG_ANNOTATION),
    owners: read(AIRFLOW_DAG_OWNER_ANNOTATION),
  };
  const isEmpty = Object.values(selector).every(values => values.length === 0);
  return isEmpty ? null : selector;
}
