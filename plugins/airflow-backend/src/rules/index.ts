/** What counts as wrong: a file for each kind of rule, pure, and what is the same for all of them. */
import type { ClusterFacts } from '../model/clusterFacts';
import type { StoredAlert } from '../model/storedAlerts';
import { dagWithRunsOf, deletedProof, proof } from './facts';
import type { Finding, Proof } from './finding';
import { ruleTypes, type Rule } from './ruleTypes';
import { coversCluster, coversDag } from './scope';
import { maskedFinding } from './maskedFinding';

export type { Condition, Finding, Proof } from './finding';
export { defaultRules, ruleSchema, ruleTypes, type Rule } from './ruleTypes';
export type { Cause } from './ruleType';

/** What a rule asks for, with its threshold, in words. */
export function expectedOf(rule: Rule): string {
  return ruleTypes[rule.type].expected(rule);
}

/** Everything that rules find wrong with one cluster. */
export function findAll(
  facts: ClusterFacts,
  rules: readonly Rule[],
): Finding[] {
  return rules.flatMap(rule => {
    const expected = expectedOf(rule);
    return ruleTypes[rule.type]
      .find(facts, rule)
      .map(condition => maskedFinding({ ...condition, expected }));
  });
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
