import type { Knex } from 'knex';
import { whereOfAllowedDags } from '../kit/permissionSql';
import { clustersWithin, whereOfDags } from '../dags/dagFilter';
import { containsText } from '../kit/matching';
import { toMs } from '../kit/moments';
import type { ReadScope, RunFilter } from '../kit/types';

/** Narrows a query on `airflow_runs` to what the scope allows and the filter asks for. */
export function whereRuns(
  query: Knex.QueryBuilder,
  scope: ReadScope,
  filter: RunFilter,
): void {
  const clusters = clustersWithin(scope, filter);
  whereOfAllowedDags(query, clusters);
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
