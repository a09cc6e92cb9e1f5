import { parseAirflowDagRef } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { whereAllowedDags } from '../kit/permissionSql';
import {
  containsText,
  whereDagId,
  whereNamed,
  whereOneOf,
} from '../kit/matching';
import type { DagFilter, DagSelection, ReadScope } from '../kit/types';

/** The clusters of the scope that a filter lets through. */
export function clustersWithin(
  scope: ReadScope,
  filter: Pick<DagFilter, 'cluster' | 'environment'>,
): ReadScope['clusters'] {
  return scope.clusters
    .filter(({ name }) => filter.cluster?.includes(name) ?? true)
    .filter(
      ({ environment }) =>
        filter.environment === undefined ||
        (environment !== null && filter.environment.includes(environment)),
    );
}

/** Narrows a query on `airflow_dags` to what the scope allows and the filter asks for. */
export function whereDags(
  query: Knex.QueryBuilder,
  scope: ReadScope,
  filter: DagFilter,
): void {
  whereAllowedDags(query, clustersWithin(scope, filter));
  if (filter.presence) {
    query.whereIn('airflow_dags.presence', filter.presence);
  } else if (!filter.includeGone) query.whereNull('airflow_dags.gone_at');
  if (filter.dag) {
    const named = filter.dag.flatMap(ref => parseAirflowDagRef(ref) ?? []);
    query.whereIn(
      ['airflow_dags.cluster', 'airflow_dags.dag_id'],
      named.map(({ cluster, dagId }) => [cluster, dagId]),
    );
  }
  if (filter.failing !== undefined) {
    const how = filter.failing ? '> 0' : '= 0';
    query.whereRaw(`airflow_dags.failures_in_a_row ${how}`);
  }
  if (filter.paused !== undefined) {
    query.where('airflow_dags.paused', filter.paused);
  }
  if (filter.hasImportErrors !== undefined) {
    query.where('airflow_dags.has_import_errors', filter.hasImportErrors);
  }
  if (filter.lastRunState) {
    whereOneOf(query, 'airflow_dags.last_run_state', filter.lastRunState);
  }
  if (filter.ownerRef) {
    whereOneOf(query, 'airflow_dags.owner_ref', filter.ownerRef);
  }
  whereSelected(query, filter, filter.tagMatch);
  const text = filter.text?.trim();
  if (text) containsText(query, 'airflow_dags.search_text', text);
}

/** Narrows a query on rows that belong to DAGs, such as runs, to those of the DAGs that somebody means. */
export function whereOfDags(
  query: Knex.QueryBuilder,
  clusters: ReadScope['clusters'],
  selection: DagSelection,
): void {
  const { dagPattern, owner, owners, tag } = selection;
  if (!dagPattern && !owner && !owners && !tag) return;
  query.whereIn(['cluster', 'dag_id'], dags => {
    dags
      .select('airflow_dags.cluster', 'airflow_dags.dag_id')
      .from('airflow_dags')
      .whereIn(
        'airflow_dags.cluster',
        clusters.map(({ name }) => name),
      );
    whereSelected(dags, selection);
  });
}

function whereSelected(
  query: Knex.QueryBuilder,
  selection: DagSelection,
  tagMatch: 'any' | 'all' = 'any',
): void {
  const { dagPattern, owner, owners, tag } = selection;
  if (owners) query.whereIn('airflow_dags.owner_ref', [...owners]);
  if (dagPattern) whereDagId(query, 'airflow_dags.dag_id', dagPattern);
  if (tag) whereTags(query, tag, tagMatch);
  if (owner) whereNamed(query, 'airflow_dag_owners', 'owner', owner);
}

function whereTags(
  query: Knex.QueryBuilder,
  tags: readonly string[],
  match: 'any' | 'all',
): void {
  const groups = match === 'all' ? tags.map(tag => [tag]) : [tags];
  for (const group of groups) {
    whereNamed(query, 'airflow_dag_tags', 'tag', group);
  }
}
