import {
  airflowAlertAcknowledgePermission,
  airflowAlertManagePermission,
  airflowAlertReadPermission,
  airflowAlertResolvePermission,
  deliveryStatuses,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { z } from 'zod';
import { dagSelectorQuery } from './dags';
import { endpoint, takesNothing } from './endpoint';
import { facetSchema, pageOf, pageQuery, repeated, scopeQuery } from './query';
import {
  alertEventSchema,
  alertRuleSchema,
  alertRuleTypeSchema,
  alertSchema,
  alertStatusSchema,
  deliverySchema,
  severitySchema,
} from './schemas';

/**
 * Filters of the alert list. Values of one filter are alternatives, filters add up.
 *
 * @public
 */
export const alertFilterQuery = {
  ...scopeQuery,
  ...dagSelectorQuery,
  /** Open ones when left out: pending, firing and acknowledged. */
  status: repeated(alertStatusSchema).optional(),
  severity: repeated(severitySchema).optional(),
  environment: repeated(z.string()).optional(),
  ruleType: repeated(alertRuleTypeSchema).optional(),
  dagId: repeated(z.string()).optional(),
  /** Found in title, observed words and ids, without regard to case. */
  text: z.string().max(200).optional(),
};

/**
 * How the alert list can be sorted; a leading `-` turns the order round. `severity` puts the worst first and of those the
 * newest; `firedAt` takes for what has not fired yet when it began.
 *
 * @public
 */
export const alertSorts = [
  'severity',
  '-severity',
  'firedAt',
  '-firedAt',
  'since',
  '-since',
  'lastSeenAt',
  '-lastSeenAt',
] as const;

/**
 * What became of one alert of many that were acted on together.
 *
 * @public
 */
export const alertOutcomeSchema = z.object({
  id: z.string(),
  /** `unchanged` when it was so already; `refused` says why in `message`. */
  outcome: z.enum(['done', 'unchanged', 'refused']),
  message: z.string().optional(),
});

/**
 * The ids of alerts that are acted on together; at most 250.
 *
 * @public
 */
export const alertIdsSchema = z.array(z.string().min(1)).min(1).max(250);

/** What is written down of an action done to several alerts. */
const ofAlerts = {
  details: ({ ids }: { ids: string[] }) => ({ alertIds: [...new Set(ids)] }),
  outcome: ({ items }: { items: z.input<typeof alertOutcomeSchema>[] }) => ({
    done: items.filter(({ outcome }) => outcome === 'done').length,
  }),
};

/**
 * Path parameters of everything about one alert.
 *
 * @public
 */
export const alertParams = z.object({ alertId: z.string().min(1) });

/**
 * Endpoints of alerts, their rules and their deliveries.
 *
 * @public
 */
export const alertEndpoints = {
  listAlerts: endpoint({
    ...takesNothing,
    operationId: 'listAlerts',
    method: 'GET',
    path: '/alerts',
    summary: 'Alerts that the caller may see, newest first',
    needs: { of: 'alerts', permission: airflowAlertReadPermission },
    query: z.object({
      ...alertFilterQuery,
      sort: z.enum(alertSorts).optional(),
      ...pageQuery,
    }),
    response: pageOf(alertSchema),
  }),
  listAlertFacets: endpoint({
    ...takesNothing,
    operationId: 'listAlertFacets',
    method: 'GET',
    path: '/alert-facets',
    summary:
      'For each filter of the alert list, how many alerts each value shows',
    needs: { of: 'alerts', permission: airflowAlertReadPermission },
    query: z.object(alertFilterQuery),
    response: z.object({
      status: facetSchema,
      severity: facetSchema,
      cluster: facetSchema,
      environment: facetSchema,
      ruleType: facetSchema,
    }),
  }),
  getAlert: endpoint({
    ...takesNothing,
    operationId: 'getAlert',
    method: 'GET',
    path: '/alerts/:alertId',
    summary: 'One alert with its timeline, its deliveries and what it inhibits',
    needs: { of: 'alerts', permission: airflowAlertReadPermission },
    params: alertParams,
    response: z.object({
      alert: alertSchema,
      timeline: z.array(alertEventSchema),
      deliveries: z.array(deliverySchema),
      /** Open alerts of which this one is the cause. */
      inhibits: z.array(alertSchema),
      cause: alertSchema.nullable(),
    }),
  }),
  acknowledgeAlerts: endpoint({
    ...takesNothing,
    operationId: 'acknowledgeAlerts',
    method: 'POST',
    path: '/alerts/acknowledge',
    summary: 'Takes alerts: others see who has them',
    needs: { of: 'each-alert', permission: airflowAlertAcknowledgePermission },
    writes: {
      to: 'portal',
      events: ['alert-acknowledge'],
      severity: 'medium',
      ...ofAlerts,
    },
    body: z.object({
      ids: alertIdsSchema,
      note: z.string().trim().max(1000).optional(),
    }),
    response: z.object({ items: z.array(alertOutcomeSchema) }),
  }),
  resolveAlerts: endpoint({
    ...takesNothing,
    operationId: 'resolveAlerts',
    method: 'POST',
    path: '/alerts/resolve',
    summary:
      'Closes alerts by hand; they come back only when something new goes wrong',
    needs: { of: 'each-alert', permission: airflowAlertResolvePermission },
    writes: {
      to: 'portal',
      events: ['alert-resolve'],
      severity: 'medium',
      ...ofAlerts,
    },
    body: z.object({
      ids: alertIdsSchema,
      reason: z.string().trim().min(3).max(1000),
    }),
    response: z.object({ items: z.array(alertOutcomeSchema) }),
  }),
  listAlertRules: endpoint({
    ...takesNothing,
    operationId: 'listAlertRules',
    method: 'GET',
    path: '/alert-rules',
    summary: 'The rules in force',
    needs: { of: 'alerts', permission: airflowAlertReadPermission },
    response: z.object({ items: z.array(alertRuleSchema) }),
  }),
  listDeliveries: endpoint({
    ...takesNothing,
    operationId: 'listDeliveries',
    method: 'GET',
    path: '/alert-deliveries',
    summary: 'What was sent to whom, newest first, and what could not be sent',
    needs: {
      of: 'alerts',
      permission: airflowAlertReadPermission,
      basic: airflowAlertManagePermission,
    },
    query: z.object({
      status: repeated(z.enum(deliveryStatuses)).optional(),
      channel: repeated(z.string()).optional(),
      ...pageQuery,
    }),
    response: z.object({
      items: z.array(deliverySchema),
      nextCursor: z.string().nullable(),
      total: z.number().int().nonnegative(),
      /** What is wrong with the mails by which notifications are told; left out when nothing is known to be. */
      mailRemark: z.string().optional(),
    }),
  }),
  resendDelivery: endpoint({
    ...takesNothing,
    operationId: 'resendDelivery',
    method: 'POST',
    path: '/alert-deliveries/:deliveryId/resend',
    summary: 'Tries a dead delivery again',
    needs: {
      of: 'alerts',
      permission: airflowAlertReadPermission,
      basic: airflowAlertManagePermission,
    },
    writes: {
      to: 'portal',
      events: ['alert-delivery-resend'],
      severity: 'low',
    },
    params: z.object({ deliveryId: z.string().min(1) }),
    response: deliverySchema,
  }),
};
