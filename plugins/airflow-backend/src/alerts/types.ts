import type {
  AlertRuleType,
  AlertSubject,
  Instant,
  Ownership,
  Severity,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Rule } from '../model/alertRules';
import type { ClusterFacts } from '../model/clusterFacts';
import type { StoredAlert } from '../model/storedAlerts';
import type { Told } from '../told';

/** A condition that a rule found to hold, as the rule puts it. */
export interface Condition {
  /** Names rule and subject; there is never more than one open alert for it. */
  fingerprint: string;
  /**
   * Changes when something new goes wrong with the same subject, such as the next failed run. Empty in an alert that was
   * closed by hand and has ended since: nothing is held back of it any more.
   */
  occurrence: string;
  rule: string;
  ruleType: AlertRuleType;
  severity: Severity;
  forMs: number;
  subject: AlertSubject;
  title: string;
  observed: string;
  expected: string;
  since: Instant;
  factsReadAt: Instant | null;
  runId: string | null;
  owner: Ownership | null;
}

/** The same, as it may be told. */
export interface Finding extends Condition {
  title: Told;
  observed: Told;
}

/** The fact that shows an alert to be over. */
export interface Proof {
  text: Told;
  runId: string | null;
}

/** One kind of rule. Pure: facts in, findings out. */
export interface RuleType<R extends Rule = Rule> {
  /** What the rule asks for, with its threshold, in words. */
  expected(rule: R): string;
  find(facts: ClusterFacts, rule: R): Condition[];
  /**
   * Whether stored facts prove that the condition is over; null when they do not, above all when they are too old to
   * tell. Not being found is no proof.
   */
  proof(alert: StoredAlert, facts: ClusterFacts, rule: R): Proof | null;
}

/**
 * How far rules are that have not been through with a cluster before, by name. What they find until they are is no news:
 * it is told of at once when they are. Those that were through before are left out.
 */
export type FirstReadings = ReadonlyMap<string, 'under way' | 'over'>;
