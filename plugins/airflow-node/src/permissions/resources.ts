import {
  AIRFLOW_ALERT_RESOURCE,
  AIRFLOW_CLUSTER_RESOURCE,
  AIRFLOW_DAG_RESOURCE,
  matchesGlob,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { createPermissionResourceRef } from '@backstage/plugin-permission-node';

/**
 * What a permission rule may ask about; what a resource does not have, such as a cluster alert a DAG, is null.
 *
 * @public
 */
export interface AirflowResourceFacts {
  /** Name of the cluster; of a cluster its own. */
  cluster: string;
  /** Environment of the cluster, as configured. */
  environment: string | null;
  /** Entity ref in lower case. */
  owner: string | null;
  /** Of a cluster its own, of a DAG and of alerts about it those of the DAG. */
  tags: readonly string[];
  /** Of an alert, the DAG that it is about. */
  dagId: string | null;
  /** Of an alert, the type of its rule. */
  ruleType: string | null;
}

/**
 * What a permission rule asks for: that one of the values is that of the field. For `cluster` and `dagId` values are
 * globs.
 *
 * @public
 */
export interface AirflowCondition {
  /** What is asked about. */
  field: 'cluster' | 'environment' | 'owner' | 'tag' | 'dagId' | 'ruleType';
  /** One of them is enough; none holds for nothing. */
  values: readonly string[];
}

/**
 * The resource type of permissions about one cluster.
 *
 * @public
 */
export const airflowClusterResourceRef = createPermissionResourceRef<
  AirflowResourceFacts,
  AirflowCondition
>().with({ pluginId: 'airflow', resourceType: AIRFLOW_CLUSTER_RESOURCE });

/**
 * The resource type of permissions about one DAG, its runs, tasks and logs.
 *
 * @public
 */
export const airflowDagResourceRef = createPermissionResourceRef<
  AirflowResourceFacts,
  AirflowCondition
>().with({ pluginId: 'airflow', resourceType: AIRFLOW_DAG_RESOURCE });

/**
 * The resource type of permissions about one alert.
 *
 * @public
 */
export const airflowAlertResourceRef = createPermissionResourceRef<
  AirflowResourceFacts,
  AirflowCondition
>().with({ pluginId: 'airflow', resourceType: AIRFLOW_ALERT_RESOURCE });

/**
 * Whether a condition holds for a resource. What a resource does not have holds for no value.
 *
 * @public
 */
export function airflowConditionHolds(
  { field, values }: AirflowCondition,
  facts: AirflowResourceFacts,
): boolean {
  const matches = (name: string | null) =>
    name !== null && values.some(pattern => matchesGlob(pattern, name));
  const is = (value: string | null) => value !== null && values.includes(value);
  switch (field) {
    case 'cluster':
      return matches(facts.cluster);
    case 'dagId':
      return matches(facts.dagId);
    case 'tag':
      return facts.tags.some(is);
    default:
      return is(facts[field]);
  }
}
