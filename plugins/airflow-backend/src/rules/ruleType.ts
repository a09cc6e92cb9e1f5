import type {
  AlertRuleType,
  AlertSubject,
  ComponentHealth,
  Severity,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { z } from 'zod';
import type { ClusterFacts } from '../model/clusterFacts';
import type { StoredAlert } from '../model/storedAlerts';
import type { Condition, Proof } from './finding';
import type { RuleScope } from './scope';

/** What a rule of the configuration has, whatever its type; thresholds are those of its type only. */
export interface BaseRule {
  name: string;
  type: AlertRuleType;
  severity: Severity;
  /** For how long the condition must hold before it fires, in milliseconds. */
  forMs: number;
  scope: RuleScope;
}

/** Reads a rule of one type from the configuration. */
export type RuleSchema<Type extends AlertRuleType = AlertRuleType> = z.ZodType<
  Omit<BaseRule, 'forMs'> & { type: Type; for: number }
> &
  z.core.$ZodTypeDiscriminable;

/** A rule of the configuration, checked, as a schema reads it. */
export type RuleOf<Schema extends RuleSchema> = Omit<
  z.output<Schema>,
  'for' | 'scope'
> &
  Pick<BaseRule, 'forMs' | 'scope'>;

/**
 * Because of what else something may be wrong: an alert of a rule about the same cluster, about the file of the DAG or
 * about the DAG itself, or one of a component.
 */
export type Cause = AlertRuleType | ComponentHealth['name'];

/** One kind of rule. Pure: facts in, findings out. */
export interface RuleType<Schema extends RuleSchema = RuleSchema> {
  /** Its keys in the configuration, and what they are unless set. */
  schema: Schema;
  /** What it has an alert of, each. */
  about: AlertSubject['kind'];
  /** What its documentation says of it. */
  words: {
    wrong: string;
    /** What proves an alert over. */
    over: string;
    /** What is too much, where no key says it. */
    threshold?: string;
    /** When a finding is less severe than the rule. */
    milder?: string;
  };
  /** Widest first. Each stands higher than what it causes, so no two alerts inhibit each other. */
  causes: readonly Cause[];
  /** Whether it looks at each DAG; else facts hold those only with which something may be wrong. */
  needsEveryDag?: true;
  /** What a rule asks for, with its threshold, in words. */
  expected(rule: RuleOf<Schema>): string;
  find(
    facts: ClusterFacts,
    rule: RuleOf<Schema>,
  ): Omit<Condition, 'expected'>[];
  /**
   * Whether stored facts prove that the condition is over; null when they do not, above all when they are too old to
   * tell. Not being found is no proof.
   */
  proof(
    alert: StoredAlert,
    facts: ClusterFacts,
    rule: RuleOf<Schema>,
  ): Proof | null;
}
