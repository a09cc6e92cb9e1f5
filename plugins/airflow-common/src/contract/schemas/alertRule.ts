import {
  alertRuleTypes,
  severities,
  type AlertRule,
  type AlertRuleType,
  type Severity,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { schemaOf, type Schema } from './schema';

/** Reads an `AlertRuleType`. @public */
export const alertRuleTypeSchema: Schema<AlertRuleType> = schemaOf(
  z.enum(alertRuleTypes),
);

/** Reads a `Severity`. @public */
export const severitySchema: Schema<Severity> = schemaOf(z.enum(severities));

/** Reads an `AlertRule`. @public */
export const alertRuleSchema: Schema<AlertRule> = schemaOf(
  z.object({
    name: z.string(),
    type: alertRuleTypeSchema,
    severity: severitySchema,
    forMs: z.number().int().nonnegative(),
    expected: z.string(),
    scope: z.object({
      clusters: z.array(z.string()).optional(),
      environments: z.array(z.string()).optional(),
      dags: z.array(z.string()).optional(),
      tags: z.array(z.string()).optional(),
      owners: z.array(z.string()).optional(),
    }),
    openAlerts: z.number().int().nonnegative(),
  }),
);
