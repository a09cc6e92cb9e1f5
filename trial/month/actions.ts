import type { SandboxControl } from 'airflow-sandbox';
import type { Interval } from './Interval';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What a trial lasts. */
export interface Span {
  fromMs: number;
  days: number;
}

/** What is done to the simulated Airflows at a moment. */
export interface Action {
  atMs: number;
  /** For who looks into what went wrong. */
  what: string;
  act(hands: Hands): void;
}

/** By what a cluster is troubled. */
export interface Hands {
  control: SandboxControl;
  setSkew(ms: number): void;
  /** By the clock of the machine on which the simulated Airflows run. */
  now(): number;
}

/** While it lasts, nothing can be known of these rules on a cluster, or all of it has one cause that is told. */
export interface Hidden {
  cluster: string;
  rules: readonly string[];
  /** Only of this DAG. */
  dagId?: string;
  fromMs: number;
  toMs: number;
}

/** What is to happen, and what follows from it by itself; the rest is seen when it is so. */
export interface Plan {
  actions: Action[];
  expected: Interval[];
  hidden: Hidden[];
}

export function joined(plans: readonly Plan[]): Plan {
  return {
    actions: plans
      .flatMap(({ actions }) => actions)
      .sort((a, b) => a.atMs - b.atMs),
    expected: plans.flatMap(({ expected }) => expected),
    hidden: plans.flatMap(({ hidden }) => hidden),
  };
}
