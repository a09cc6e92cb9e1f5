import type { AlertRuleType } from '@airflow-fleet/backstage-plugin-airflow-common';
import { coversCluster, coversDag } from '../scope';
import type {
  ClusterFacts,
  Finding,
  Proof,
  Rule,
  RuleType,
  StoredAlert,
} from '../types';
import { clusterUnreachable } from './clusterUnreachable';
import { componentUnhealthy } from './componentUnhealthy';
import { dagOf, isReadSince, proof } from './facts';
import { failuresInARow } from './failuresInARow';
import { importError } from './importError';
import { noSuccess } from './noSuccess';
import { runFailed } from './runFailed';
import { runMissed } from './runMissed';
import { runTooLong } from './runTooLong';

const ruleTypes: Record<AlertRuleType, RuleType> = {
  'cluster-unreachable': clusterUnreachable,
  'component-unhealthy': componentUnhealthy,
  'import-error': importError,
  'run-failed': runFailed,
  'failures-in-a-row': failuresInARow,
  'run-too-long': runTooLong,
  'run-missed': runMissed,
  'no-success': noSuccess,
};

/** What a rule asks for, with its threshold, in words. */
export function expectedOf(rule: Rule): string {
  return ruleTypes[rule.type].expected(rule);
}

/** Everything that rules find wrong with one cluster. */
export function findAll(
  facts: ClusterFacts,
  rules: readonly Rule[],
): Finding[] {
  return rules.flatMap(rule => ruleTypes[rule.type].find(facts, rule));
}

/** What proves that an alert of this cluster is over; null when nothing does, or nothing is known. */
export function proofOf(
  alert: StoredAlert,
  facts: ClusterFacts,
  rules: readonly Rule[],
): Proof | null {
  const rule = rules.find(
    ({ name, type }) => name === alert.rule && type === alert.ruleType,
  );
  if (!rule) return proof('The rule is no longer in force');
  const { subject } = alert;
  if (subject.kind !== 'dag' && subject.kind !== 'run') {
    return coversCluster(rule.scope, facts.cluster)
      ? ruleTypes[rule.type].proof(alert, facts, rule)
      : proof('The rule is no longer in force');
  }
  const dag = dagOf(alert, facts);
  if (!dag) {
    return isReadSince(facts, 'inventory', alert)
      ? proof(`Airflow no longer has the DAG ${subject.dagId}`)
      : null;
  }
  return coversDag(rule.scope, facts.cluster, dag)
    ? ruleTypes[rule.type].proof(alert, facts, rule)
    : proof('The rule is no longer in force');
}
