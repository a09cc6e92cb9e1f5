import {
  alertRuleTypeSchema,
  severitySchema,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';
import { channelKeys } from '../channels';
import {
  durationOrNone,
  entityRef,
  listOf,
  namedApart,
  slug,
  text,
} from '../model/configValues';
import { defaultRules, ruleSchema } from '../rules';

const MINUTE_MS = 60_000;

const recipient = z
  .string()
  .refine(
    value => value === 'owner' || entityRef.safeParse(value).success,
    'must be owner or an entity ref such as group:default/platform',
  );

const routeSchema = z.strictObject({
  match: z
    .strictObject({
      severities: listOf(severitySchema),
      clusters: listOf(text),
      environments: listOf(text),
      ruleTypes: listOf(alertRuleTypeSchema),
    })
    .prefault({}),
  channels: z.array(slug).min(1),
  to: z.array(recipient).min(1).default(['owner']),
});

const defaultRoute = {
  match: { severities: ['critical' as const, 'warning' as const] },
  channels: ['notifications'],
};

/** The section `airflow.alerts`; what is given of rules or routes stands in place of the defaults. */
export const alertsSchema = z
  .strictObject({
    rules: z.array(ruleSchema).superRefine(namedApart).prefault(defaultRules),
    routes: z.array(routeSchema).prefault([defaultRoute]),
    ...channelKeys,
    together: z
      .strictObject({
        wait: durationOrNone.default(10_000),
        interval: durationOrNone.default(2 * MINUTE_MS),
      })
      .transform(({ wait, interval }) => ({
        waitMs: wait,
        intervalMs: interval,
      }))
      .prefault({}),
  })
  .prefault({});
