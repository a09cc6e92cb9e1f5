import {
  alertRuleTypeSchema,
  severitySchema,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import {
  durationOrNone,
  entityRef,
  hasUserInfo,
  httpUrl,
  listOf,
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

/** As Standard Webhooks has it, for their libraries take no other. */
const webhookSecret = text.refine(value => {
  const [, encoded = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value) ?? [];
  const { length } = Buffer.from(encoded, 'base64');
  return length >= 24 && length <= 64;
}, 'must be whsec_ and then 24 to 64 bytes in base64, as openssl rand -base64 32 makes them');

const webhookSchema = z.strictObject({
  name: slug.refine(
    name => name !== 'notifications',
    'is the name of the channel that comes with the portal',
  ),
  url: httpUrl.refine(
    value => !hasUserInfo(value),
    'must hold no user or password; calls are signed with the secret',
  ),
  secret: webhookSecret,
});

/** No two of a list may share a name. */
function namedApart<T extends { name: string }>(
  list: T[],
  context: z.core.$RefinementCtx<T[]>,
): void {
  const names = list.map(({ name }) => name);
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) === i) continue;
    context.addIssue({
      code: 'custom',
      path: [i, 'name'],
      message: `another one is named ${name} too`,
    });
  }
}

/** The section `airflow.alerts`; what is given of rules or routes stands in place of the defaults. */
export const alertsSchema = z
  .strictObject({
    rules: z.array(ruleSchema).superRefine(namedApart).prefault(defaultRules),
    routes: z.array(routeSchema).prefault([defaultRoute]),
    webhooks: z.array(webhookSchema).superRefine(namedApart).default([]),
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
