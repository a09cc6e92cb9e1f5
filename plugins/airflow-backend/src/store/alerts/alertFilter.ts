import {
  alertStatuses,
  type AlertStatus,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { alertFilterQuery } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import type { z } from 'zod';
import { whereAllowedAlerts } from '../kit/permissionSql';
import { clustersWithin, whereOfDags } from '../dags/dagFilter';
import { containsText } from '../kit/matching';
import type { ReadScope } from '../kit/types';

/** Filters of the alert list as the contract declares them, with the caller's scope as those whom it stands for. */
export type AlertFilter = Omit<
  z.output<z.ZodObject<typeof alertFilterQuery>>,
  'scope'
> & {
  /** Entity refs; only alerts that one of them owns or has taken. */
  owners?: readonly string[];
};

/** Somebody is to know of it, or will be, or knows. */
export const openStatuses: AlertStatus[] = alertStatuses.filter(
  status => status !== 'resolved',
);

/** Narrows a query on `airflow_alerts` to what the scope allows and the filter asks for. */
export function whereAlerts(
  query: Knex.QueryBuilder,
  scope: ReadScope,
  filter: AlertFilter,
): void {
  const { severity, ruleType, dagId, owners } = filter;
  const clusters = clustersWithin(scope, filter);
  const { dagPattern, owner, tag } = filter;
  whereOfDags(query, clusters, { dagPattern, owner, tag });
  whereAllowedAlerts(query, clusters);
  query.whereIn('status', filter.status ?? openStatuses);
  if (severity) query.whereIn('severity', severity);
  if (ruleType) query.whereIn('rule_type', ruleType);
  if (dagId) query.whereIn('dag_id', dagId);
  if (owners) {
    query.where(theirs =>
      theirs
        .whereIn('owner_ref', [...owners])
        .orWhereIn('acknowledged_by', [...owners]),
    );
  }
  const text = filter.text?.trim();
  if (text) containsText(query, 'search_text', text);
}
