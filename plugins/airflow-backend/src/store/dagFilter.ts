import type { Knex } from 'knex';
import type { DagFilter, ReadScope } from './types';

/** The clusters of the scope that a filter lets through. */
export function clustersWithin(
  scope: ReadScope,
  filter: Pick<DagFilter, 'cluster' | 'environment'>,
): string[] {
  return scope.clusters
    .filter(({ name }) => filter.cluster?.includes(name) ?? true)
    .filter(
      ({ environment }) =>
        filter.environment === undefined ||
        (environment !== null && filter.environment.includes(environment)),
    )
    .map(({ name }) => name);
}

/** Matches a column that is kept in lower case, whatever wildcards the text holds. */
export function containsText(
  query: Knex.QueryBuilder,
  column: string,
  text: string,
): void {
  const escaped = text.toLowerCase().replace(/[\\%_]/g, '\\$&');
  query.whereRaw(`?? like ? escape '\\'`, [column, `%${escaped}%`]);
}

/** Narrows a query on `airflow_dags` to what the scope allows and the filter asks for. */
export function whereDags(
  query: Knex.QueryBuilder,
  scope: ReadScope,
  filter: DagFilter,
): void {
  query.whereIn('airflow_dags.cluster', clustersWithin(scope, filter));
  if (!filter.includeGone) query.whereNull('airflow_dags.gone_at');
  if (filter.paused !== undefined) {
    query.where('airflow_dags.paused', filter.paused);
  }
  if (filter.hasImportErrors !== undefined) {
    query.where('airflow_dags.has_import_errors', filter.hasImportErrors);
  }
  if (filter.lastRunState) whereLastRunState(query, filter.lastRunState);
  if (filter.tag) whereTags(query, filter.tag, filter.tagMatch ?? 'any');
  if (filter.owner) {
    whereNamed(query, 'airflow_dag_owners', 'owner', filter.owner);
  }
  const text = filter.text?.trim();
  if (text) containsText(query, 'airflow_dags.search_text', text);
}

function whereLastRunState(
  query: Knex.QueryBuilder,
  states: readonly string[],
): void {
  const column = 'airflow_dags.last_run_state';
  query.where(either => {
    either.whereIn(
      column,
      states.filter(state => state !== 'none'),
    );
    if (states.includes('none')) either.orWhereNull(column);
  });
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

function whereNamed(
  query: Knex.QueryBuilder,
  table: 'airflow_dag_tags' | 'airflow_dag_owners',
  column: 'tag' | 'owner',
  names: readonly string[],
): void {
  query.whereIn(['airflow_dags.cluster', 'airflow_dags.dag_id'], named =>
    named
      .select('cluster', 'dag_id')
      .from(table)
      .whereIn(column, [...names]),
  );
}
