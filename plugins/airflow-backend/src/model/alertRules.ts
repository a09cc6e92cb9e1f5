import type { Severity } from '@airflow-fleet/backstage-plugin-airflow-common';

/** Which clusters and DAGs a rule looks at; a part that is left out does not narrow. */
export interface RuleScope {
  clusters?: string[];
  environments?: string[];
  /** Ids, or globs with `*` and `?`. */
  dags?: string[];
  tags?: string[];
  owners?: string[];
}

/** A rule of the configuration, checked. Thresholds are those of its type only. */
export type Rule = {
  name: string;
  severity: Severity;
  /** For how long the condition must hold before it fires, in milliseconds. */
  forMs: number;
  scope: RuleScope;
} & (
  | {
      type:
        | 'cluster-unreachable'
        | 'dags-vanished'
        | 'component-unhealthy'
        | 'import-error'
        | 'dag-vanished'
        | 'run-failed'
        | 'older-run-failed';
    }
  | { type: 'readings-failing'; longerThanMs: number }
  | { type: 'clock-skew'; moreThanMs: number }
  | { type: 'failures-in-a-row'; count: number }
  | { type: 'run-too-long'; longerThanMs: number; timesUsual: number }
  | { type: 'run-stuck-queued'; longerThanMs: number }
  | { type: 'run-missed'; graceMs: number }
  | { type: 'no-success'; withinMs: number }
);
