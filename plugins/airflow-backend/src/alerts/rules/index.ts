import type { AlertRuleType } from '@airflow-fleet/backstage-plugin-airflow-common';
import { toldFinding } from '../toldFinding';
import { coversCluster, coversDag } from '../scope';
import type { Rule } from '../../model/alertRules';
import type { ClusterFacts } from '../../model/clusterFacts';
import type { StoredAlert } from '../../model/storedAlerts';
import type { Finding, Proof, RuleType } from '../types';
import { clockSkew } from './clockSkew';
import { clusterUnreachable } from './clusterUnreachable';
import { componentUnhealthy } from './componentUnhealthy';
import { dagsVanished } from './dagsVanished';
import { dagVanished } from './dagVanished';
import { dagWithRunsOf, deletedProof, proof } from './facts';
import { failuresInARow } from './failuresInARow';
import { importError } from './importError';
import { noSuccess } from './noSuccess';
import { olderRunFailed } from './olderRunFailed';
import { readingsFailing } from './readingsFailing';
import { runFailed } from './runFailed';
import { runMissed } from './runMissed';
import { runStuckQueued } from './runStuckQueued';
import { runTooLong } from './runTooLong';

const ruleTypes: Record<AlertRuleType, RuleType> = {
  'cluster-unreachable': clusterUnreachable,
  'readings-failing': readingsFailing,
  'clock-skew': clockSkew,
  'dags-vanished': dagsVanished,
  'component-unhealthy': componentUnhealthy,
  'import-error': importError,
  'dag-vanished': dagVanished,
  'run-failed': runFailed,
  'failures-in-a-row': failuresInARow,
  'older-run-failed': olderRunFailed,
  'run-too-long': runTooLong,
  'run-stuck-queued': runStuckQueued,
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
  return rules.flatMap(rule =>
    ruleTypes[rule.type].find(facts, rule).map(toldFinding),
  );
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
    // A file is the business of those who have DAGs in it.
    const owner =
      subject.kind === 'dag-file'
        ? alert.owner?.ref ?? null
        : facts.cluster.owner;
    return coversCluster(rule.scope, { ...facts.cluster, owner })
      ? ruleTypes[rule.type].proof(alert, facts, rule)
      : proof('The rule is no longer in force');
  }
  const absent = facts.absent.get(subject.dagId);
  const dag = dagWithRunsOf(alert, facts) ?? absent;
  // That it is not listed proves nothing; only what became of it does.
  if (!dag) return null;
  const deleted = absent && deletedProof(absent);
  if (deleted) return deleted;
  return coversDag(rule.scope, facts.cluster, dag)
    ? ruleTypes[rule.type].proof(alert, facts, rule)
    : proof('The rule is no longer in force');
}
