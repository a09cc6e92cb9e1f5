import {
  alertRuleTypes,
  alertRuleTypeSchema,
  severitySchema,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import type { Rule } from '../model/alertRules';
import { CLOCK_BOUND_MS } from '../model/clockBound';
import {
  duration,
  durationOrNone,
  entityRef,
  hasUserInfo,
  httpUrl,
  slug,
  text,
} from './values';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** An empty list would narrow to nothing, which nobody means. */
function listOf<T extends z.ZodType>(item: T) {
  return z.array(item).min(1).optional();
}

const clusterScope = {
  clusters: listOf(text),
  environments: listOf(text),
  owners: listOf(entityRef),
};

const dagScope = { ...clusterScope, dags: listOf(text), tags: listOf(text) };

const clusterRule = {
  name: slug,
  scope: z.strictObject(clusterScope).prefault({}),
};

const dagRule = { name: slug, scope: z.strictObject(dagScope).prefault({}) };

const critical = severitySchema.default('critical');
const warning = severitySchema.default('warning');
const atOnce = durationOrNone.default(0);
const afterAMinute = durationOrNone.default(MINUTE_MS);

const ruleSchema = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      ...clusterRule,
      type: z.literal('cluster-unreachable'),
      severity: critical,
      for: afterAMinute,
    }),
    z
      .strictObject({
        ...clusterRule,
        type: z.literal('readings-failing'),
        severity: critical,
        for: atOnce,
        longerThan: duration.default(10 * MINUTE_MS),
      })
      .transform(({ longerThan, ...rule }) => ({
        ...rule,
        longerThanMs: longerThan,
      })),
    z
      .strictObject({
        ...clusterRule,
        type: z.literal('clock-skew'),
        severity: warning,
        for: durationOrNone.default(2 * MINUTE_MS),
        moreThan: duration.default(CLOCK_BOUND_MS),
      })
      .transform(({ moreThan, ...rule }) => ({
        ...rule,
        moreThanMs: moreThan,
      })),
    z.strictObject({
      ...clusterRule,
      type: z.literal('dags-vanished'),
      severity: critical,
      for: afterAMinute,
    }),
    z.strictObject({
      ...clusterRule,
      type: z.literal('component-unhealthy'),
      severity: critical,
      for: afterAMinute,
    }),
    z.strictObject({
      ...clusterRule,
      type: z.literal('import-error'),
      severity: critical,
      for: atOnce,
    }),
    z.strictObject({
      ...dagRule,
      type: z.literal('dag-vanished'),
      severity: warning,
      for: atOnce,
    }),
    z.strictObject({
      ...dagRule,
      type: z.literal('run-failed'),
      severity: warning,
      for: atOnce,
    }),
    z.strictObject({
      ...dagRule,
      type: z.literal('failures-in-a-row'),
      severity: critical,
      for: atOnce,
      count: z.number().int().min(2).default(3),
    }),
    z.strictObject({
      ...dagRule,
      type: z.literal('older-run-failed'),
      severity: warning,
      for: atOnce,
    }),
    z
      .strictObject({
        ...dagRule,
        type: z.literal('run-too-long'),
        severity: warning,
        for: atOnce,
        longerThan: duration.default(24 * HOUR_MS),
        timesUsual: z.number().min(1).default(3),
      })
      .transform(({ longerThan, ...rule }) => ({
        ...rule,
        longerThanMs: longerThan,
      })),
    z
      .strictObject({
        ...dagRule,
        type: z.literal('run-stuck-queued'),
        severity: warning,
        for: atOnce,
        longerThan: duration.default(15 * MINUTE_MS),
      })
      .transform(({ longerThan, ...rule }) => ({
        ...rule,
        longerThanMs: longerThan,
      })),
    z
      .strictObject({
        ...dagRule,
        type: z.literal('run-missed'),
        severity: warning,
        for: atOnce,
        grace: duration.default(10 * MINUTE_MS),
      })
      .transform(({ grace, ...rule }) => ({ ...rule, graceMs: grace })),
    z
      .strictObject({
        ...dagRule,
        type: z.literal('no-success'),
        severity: warning,
        for: atOnce,
        within: duration,
      })
      .transform(({ within, ...rule }) => ({ ...rule, withinMs: within })),
  ],
  `must be one of ${alertRuleTypes.join(', ')}`,
);

/** Only who knows a DAG can say within which time it must succeed. */
const defaultRules = alertRuleTypes
  .filter(type => type !== 'no-success')
  .map(type => ({ name: type, type }));

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
    rules: z
      .array(
        ruleSchema.transform(
          ({ for: forMs, ...rule }): Rule => ({ ...rule, forMs }),
        ),
      )
      .superRefine(namedApart)
      .prefault(defaultRules),
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
