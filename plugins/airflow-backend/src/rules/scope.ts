import { matchesGlob } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { ClusterFacts, DagFacts } from '../model/clusterFacts';

/** Which clusters and DAGs a rule looks at; a part that is left out does not narrow. */
export interface RuleScope {
  clusters?: string[];
  environments?: string[];
  /** Ids, or globs with `*` and `?`. */
  dags?: string[];
  tags?: string[];
  owners?: string[];
}

type ScopedCluster = Pick<
  ClusterFacts['cluster'],
  'name' | 'environment' | 'owner'
>;

/** Whether a rule that is about a whole cluster, its components or its files looks at this one. */
export function coversCluster(
  scope: RuleScope,
  cluster: ScopedCluster,
): boolean {
  return isWithin(scope, cluster) && isOwnedBy(scope.owners, cluster.owner);
}

/** Whether a rule that is about DAGs or their runs looks at this one. */
export function coversDag(
  scope: RuleScope,
  cluster: ScopedCluster,
  dag: Pick<DagFacts, 'dagId' | 'tags' | 'owner'>,
): boolean {
  return (
    isWithin(scope, cluster) &&
    isOwnedBy(scope.owners, dag.owner?.ref ?? null) &&
    (scope.tags?.some(tag => dag.tags.includes(tag)) ?? true) &&
    (scope.dags?.some(pattern => matchesGlob(pattern, dag.dagId)) ?? true)
  );
}

function isWithin(scope: RuleScope, cluster: ScopedCluster): boolean {
  return (
    (scope.clusters?.includes(cluster.name) ?? true) &&
    (scope.environments?.some(name => name === cluster.environment) ?? true)
  );
}

/** Entity refs do not tell capital letters from small ones. */
function isOwnedBy(
  wanted: readonly string[] | undefined,
  owner: string | null,
): boolean {
  return wanted?.some(ref => sameRef(ref, owner ?? '')) ?? true;
}

function sameRef(a: string, b: string): boolean {
  return a.toLocaleLowerCase('en-US') === b.toLocaleLowerCase('en-US');
}
