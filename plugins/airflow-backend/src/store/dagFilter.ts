import { isGlob } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { DagFilter, DagSelection, ReadScope } from './types';

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
  clusters: readonly string[],
  selection: DagSelection,
): void {
  const { dagPattern, owner, owners, tag } = selection;
  if (!dagPattern && !owner && !owners && !tag) return;
  query.whereIn(['cluster', 'dag_id'], dags => {
    dags
      .select('airflow_dags.cluster', 'airflow_dags.dag_id')
      .from('airflow_dags')
      .whereIn('airflow_dags.cluster', [...clusters]);
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
  if (dagPattern) whereDagId(query, dagPattern);
  if (tag) whereTags(query, tag, tagMatch);
  if (owner) whereNamed(query, 'airflow_dag_owners', 'owner', owner);
}

/** The operators by which both engines match patterns as `matchesGlob` does, with regard to case. */
function whereDagId(
  query: Knex.QueryBuilder,
  patterns: readonly string[],
): void {
  const isPostgres = query.client.driverName === 'pg';
  query.where(either => {
    either.whereIn(
      'airflow_dags.dag_id',
      patterns.filter(pattern => !isGlob(pattern)),
    );
    for (const pattern of patterns.filter(isGlob)) {
      if (isPostgres) {
        either.orWhereRaw(`airflow_dags.dag_id like ? escape '\\'`, [
          pattern
            .replace(/[\\%_]/g, '\\$&')
            .replace(/\*/g, '%')
            .replace(/\?/g, '_'),
        ]);
      } else {
        either.orWhereRaw('airflow_dags.dag_id glob ?', [
          pattern.replace(/\[/g, '[[]'),
        ]);
      }
    }
  });
}

/** `none` stands for no value at all. */
function whereOneOf(
  query: Knex.QueryBuilder,
  column: string,
  values: readonly string[],
): void {
  query.where(either => {
    either.whereIn(
      column,
      values.filter(value => value !== 'none'),
    );
    if (values.includes('none')) either.orWhereNull(column);
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
