/**
 * How the permission framework names a DAG: its cluster, a slash, its id. A cluster is named by its name and an alert
 * by its id.
 *
 * @public
 */
export function airflowDagRefOf(dag: {
  cluster: string;
  dagId: string;
}): string {
  return `${dag.cluster}/${dag.dagId}`;
}

/**
 * Reads what {@link airflowDagRefOf} wrote; names of clusters hold no slash, ids of DAGs may. Undefined for what
 * names no DAG.
 *
 * @public
 */
export function parseAirflowDagRef(
  resourceRef: string,
): { cluster: string; dagId: string } | undefined {
  const slash = resourceRef.indexOf('/');
  if (slash < 1) return undefined;
  return {
    cluster: resourceRef.slice(0, slash),
    dagId: resourceRef.slice(slash + 1),
  };
}
