import type { Dag } from './domain';
import { matchesGlob } from './glob';

export { isGlob, matchesGlob } from './glob';

/**
 * Which DAGs somebody means. The values of one list are alternatives, lists add up, and an empty list does not narrow.
 *
 * @public
 */
export interface DagSelector {
  /** Names of clusters. */
  clusters: string[];
  /** DAG ids, or globs with `*` for any characters and `?` for one. */
  dagIds: string[];
  /** Tags, one of which the DAG must have. */
  tags: string[];
  /** Owners as Airflow tells them. */
  owners: string[];
}

/**
 * What of a DAG a {@link DagSelector} looks at.
 *
 * @public
 */
export type SelectableDag = Pick<Dag, 'cluster' | 'dagId' | 'tags' | 'owners'>;

/**
 * Whether a selector means a DAG.
 *
 * @public
 */
export function selects(selector: DagSelector, dag: SelectableDag): boolean {
  const { clusters, dagIds, tags, owners } = selector;
  return (
    narrows(clusters, name => name === dag.cluster) &&
    narrows(dagIds, pattern => matchesGlob(pattern, dag.dagId)) &&
    narrows(tags, tag => dag.tags.includes(tag)) &&
    narrows(owners, owner => dag.owners.includes(owner))
  );
}

function narrows(
  wanted: readonly string[],
  fits: (value: string) => boolean,
): boolean {
  return wanted.length === 0 || wanted.some(fits);
}

/**
 * A selector as query parameters, of the list of DAGs and of that of runs alike.
 *
 * @public
 */
export function selectorQuery(selector: DagSelector): {
  cluster?: string[];
  dagPattern?: string[];
  tag?: string[];
  owner?: string[];
} {
  const { clusters, dagIds, tags, owners } = selector;
  return {
    ...(clusters.length > 0 && { cluster: clusters }),
    ...(dagIds.length > 0 && { dagPattern: dagIds }),
    ...(tags.length > 0 && { tag: tags }),
    ...(owners.length > 0 && { owner: owners }),
  };
}
