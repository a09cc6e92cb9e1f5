import type { DagFacets } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import { whereDags } from './dagFilter';
import type { StoredBoolean } from '../kit/moments';
import type { DagFilter, ReadScope } from '../kit/types';

interface Count {
  value: string;
  count: number;
}

/** The most frequent first, without those that there are none of. */
export function byCount(counts: readonly Count[]): Count[] {
  return counts
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** More than anybody looks through; what is rarer is found by its name. */
const MOST_VALUES = 1_000;

/** Counts rows by the values of one column: the most frequent ones, where there are very many. */
export async function countBy<T>(
  query: Knex.QueryBuilder,
  column: string,
  read: (value: T) => string,
): Promise<Count[]> {
  const rows: { value: T; count: number | string }[] = await query
    .select({ value: column })
    .count({ count: '*' })
    .groupBy(column)
    .orderBy('count', 'desc')
    .orderBy(column)
    .limit(MOST_VALUES);
  return rows.map(({ value, count }) => ({
    value: read(value),
    count: Number(count),
  }));
}

/** For each filter, how many DAGs each value would show with the other filters kept. */
export async function readDagFacets(
  db: Knex,
  scope: ReadScope,
  filter: DagFilter,
): Promise<DagFacets> {
  const without = (...left: (keyof DagFilter)[]) => {
    const kept: DagFilter = { ...filter };
    for (const key of left) delete kept[key];
    if (left.includes('presence')) kept.includeGone = true;
    const query = db('airflow_dags');
    whereDags(query, scope, kept);
    return query;
  };
  const text = (value: string) => value;

  const perCluster = await countBy(
    without('cluster', 'environment'),
    'airflow_dags.cluster',
    text,
  );
  const lastRunState = await countBy<string | null>(
    without('lastRunState'),
    'last_run_state',
    value => value ?? 'none',
  );
  const paused = await countBy<StoredBoolean>(
    without('paused'),
    'paused',
    value => String(Boolean(value)),
  );
  // Those of what is gone too, so that it can be found.
  const presence = await countBy(without('presence'), 'presence', text);
  // Tags that must all be there narrow each other; alternatives do not.
  const tagged = filter.tagMatch === 'all' ? without() : without('tag');
  const tag = await countBy(
    tagged.joinRaw('join airflow_dag_tags t using (cluster, dag_id)'),
    't.tag',
    text,
  );
  const owner = await countBy(
    without('owner').joinRaw(
      'join airflow_dag_owners o using (cluster, dag_id)',
    ),
    'o.owner',
    text,
  );
  const ownerRef = await countBy<string | null>(
    without('ownerRef'),
    'owner_ref',
    value => value ?? 'none',
  );
  return {
    ...clusterFacets(perCluster, scope, filter),
    lastRunState: byCount(lastRunState),
    paused: byCount(paused),
    presence: byCount(presence),
    tag: byCount(tag),
    owner: byCount(owner),
    ownerRef: byCount(ownerRef),
  };
}

/** A cluster's environment is configured, not stored, so both facets come from the counts by cluster. */
export function clusterFacets(
  perCluster: readonly Count[],
  scope: ReadScope,
  filter: Pick<DagFilter, 'cluster' | 'environment'>,
): Pick<DagFacets, 'cluster' | 'environment'> {
  const environmentOf = new Map(
    scope.clusters.map(({ name, environment }) => [name, environment]),
  );
  const cluster: Count[] = [];
  const environments = new Map<string, number>();
  for (const { value, count } of perCluster) {
    const environment = environmentOf.get(value) ?? null;
    const isInEnvironment =
      !filter.environment ||
      (environment !== null && filter.environment.includes(environment));
    if (isInEnvironment) cluster.push({ value, count });
    const isInClusters = filter.cluster?.includes(value) ?? true;
    if (isInClusters && environment !== null) {
      const others = environments.get(environment) ?? 0;
      environments.set(environment, others + count);
    }
  }
  const environment = [...environments].map(([value, count]) => ({
    value,
    count,
  }));
  return { cluster: byCount(cluster), environment: byCount(environment) };
}
