import {
  alertRuleTypes,
  type AlertRuleType,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { clockSkew } from './clockSkew';
import { clusterUnreachable } from './clusterUnreachable';
import { componentUnhealthy } from './componentUnhealthy';
import { dagsVanished } from './dagsVanished';
import { dagVanished } from './dagVanished';
import { failuresInARow } from './failuresInARow';
import { importError } from './importError';
import { noSuccess } from './noSuccess';
import { olderRunFailed } from './olderRunFailed';
import { readingsFailing } from './readingsFailing';
import type { RuleOf, RuleSchema, RuleType } from './ruleType';
import { runFailed } from './runFailed';
import { runMissed } from './runMissed';
import { runStuckQueued } from './runStuckQueued';
import { runTooLong } from './runTooLong';

const definitions = {
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
} satisfies { [Type in AlertRuleType]: RuleType<RuleSchema<Type>> };

type Schemas = (typeof definitions)[keyof typeof definitions]['schema'];

/** A rule of the configuration, checked. */
export type Rule = Schemas extends infer Schema
  ? Schema extends RuleSchema
    ? RuleOf<Schema>
    : never
  : never;

/** Every kind of rule; each says all of itself in a file of its own. */
export const ruleTypes: Record<AlertRuleType, RuleType> = definitions;

const [first, ...others] = alertRuleTypes.map(type => definitions[type].schema);

/** A rule as the configuration has it. */
export const ruleSchema: z.ZodType<Rule> = z
  .discriminatedUnion(
    'type',
    [first, ...others],
    `must be one of ${alertRuleTypes.join(', ')}`,
  )
  .transform(({ for: forMs, ...rule }): Rule => ({ ...rule, forMs }));

/** A rule of each type; but only who knows a DAG can say within which time it must succeed. */
export const defaultRules = alertRuleTypes
  .map(type => ({ name: type, type }))
  .filter(rule => ruleSchema.safeParse(rule).success);
