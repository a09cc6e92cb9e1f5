import type {
  AlertRuleType,
  AlertSubject,
  Instant,
  Ownership,
  Severity,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Masked } from '../masked';

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
  title: Masked;
  observed: Masked;
}

/** The fact that shows an alert to be over. */
export interface Proof {
  text: Masked;
  runId: string | null;
}
