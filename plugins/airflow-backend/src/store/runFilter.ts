import type { Knex } from 'knex';
import { containsText, whereOfDags } from './dagFilter';
import { toMs } from './moments';
import type { RunFilter } from './types';

/** Narrows a query on `airflow_runs` to clusters and to what the filter asks for. */
export function whereRuns(
  query: Knex.QueryBuilder,
  clusters: readonly string[],
  filter: RunFilter,
): void {
  query.whereIn('cluster', clusters);
  whereOfDags(query, clusters, filter);
  if (filter.dagId) query.whereIn('dag_id', filter.dagId);
  if (filter.state) query.whereIn('state', filter.state);
  if (filter.type) query.whereIn('type', filter.type);
  if (filter.runAfterFrom) {
    query.where('run_after', '>=', toMs(filter.runAfterFrom));
  }
  if (filter.runAfterTo) {
    query.where('run_after', '<=', toMs(filter.runAfterTo));
  }
  const text = filter.text?.trim();
  if (text) containsText(query, 'search_text', text);
}
