import { createConditionExports } from '@backstage/plugin-permission-node';
import {
  airflowAlertResourceRef,
  airflowClusterResourceRef,
  airflowDagResourceRef,
} from './resources';
import {
  airflowAlertRules,
  airflowClusterRules,
  airflowDagRules,
} from './rules';

const clusters = createConditionExports({
  resourceRef: airflowClusterResourceRef,
  rules: airflowClusterRules,
});

/**
 * Conditions about clusters, for permission policies.
 *
 * @public
 */
export const airflowClusterConditions = clusters.conditions;

/**
 * Answers a permission about a cluster with conditions.
 *
 * @public
 */
export const createAirflowClusterConditionalDecision =
  clusters.createConditionalDecision;

const dags = createConditionExports({
  resourceRef: airflowDagResourceRef,
  rules: airflowDagRules,
});

/**
 * Conditions about DAGs, for permission policies.
 *
 * @public
 */
export const airflowDagConditions = dags.conditions;

/**
 * Answers a permission about a DAG with conditions.
 *
 * @public
 */
export const createAirflowDagConditionalDecision =
  dags.createConditionalDecision;

const alerts = createConditionExports({
  resourceRef: airflowAlertResourceRef,
  rules: airflowAlertRules,
});

/**
 * Conditions about alerts, for permission policies.
 *
 * @public
 */
export const airflowAlertConditions = alerts.conditions;

/**
 * Answers a permission about an alert with conditions.
 *
 * @public
 */
export const createAirflowAlertConditionalDecision =
  alerts.createConditionalDecision;
