import {
  alertEventSchema,
  alertFailureSchema,
  alertResolutionSchema,
  alertSchema,
  alertSubjectSchema,
  ownershipSchema,
  severities,
  type Alert,
  type AlertEvent,
  type AlertSubject,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { z } from 'zod';
import type { StoredAlert } from '../alerts/types';
import {
  toInstant,
  toInstantOrNull,
  toMs,
  toMsOrNull,
  type StoredBoolean,
  type StoredNumber,
} from './moments';

/** A row of `airflow_alerts` as it is read. */
export interface AlertRow {
  id: string;
  fingerprint: string;
  occurrence: string;
  rule: string;
  rule_type: string;
  severity: string;
  status: string;
  run_id: string | null;
  subject: string;
  title: string;
  observed: string;
  expected: string;
  since: StoredNumber;
  fired_at: StoredNumber | null;
  last_seen_at: StoredNumber;
  facts_read_at: StoredNumber | null;
  owner: string | null;
  failure: string | null;
  acknowledged: string | null;
  resolution: string | null;
  inhibited_by: string | null;
  told: StoredBoolean;
  reopened: number;
}

/** A row of `airflow_alert_events` as it is read. */
export interface AlertEventRow {
  at: StoredNumber;
  kind: string;
  by: string | null;
  text: string;
}

const { ruleType, severity, status, acknowledged } = alertSchema.shape;

function toJson(value: object | null): string | null {
  return value && JSON.stringify(value);
}

function ofJson<T extends z.ZodType>(
  schema: T,
  column: string | null,
): z.output<T> | null {
  return column === null ? null : schema.parse(JSON.parse(column));
}

function dagIdOf(subject: AlertSubject): string | null {
  return 'dagId' in subject ? subject.dagId : null;
}

export function toAlertRow(alert: StoredAlert) {
  const dagId = dagIdOf(alert.subject);
  const { resolution } = alert;
  const searched = [
    alert.title,
    alert.observed,
    alert.subject.cluster,
    dagId ?? '',
    alert.runId ?? '',
  ];
  return {
    id: alert.id,
    fingerprint: alert.fingerprint,
    occurrence: alert.occurrence,
    rule: alert.rule,
    rule_type: alert.ruleType,
    severity: alert.severity,
    severity_rank: severities.indexOf(alert.severity),
    status: alert.status,
    cluster: alert.subject.cluster,
    dag_id: dagId,
    run_id: alert.runId,
    subject: JSON.stringify(alert.subject),
    title: alert.title,
    observed: alert.observed,
    expected: alert.expected,
    since: toMs(alert.since),
    fired_at: toMsOrNull(alert.firedAt),
    last_seen_at: toMs(alert.lastSeenAt),
    facts_read_at: toMsOrNull(alert.factsReadAt),
    owner_ref: alert.owner && alert.owner.ref.toLowerCase(),
    owner: toJson(alert.owner),
    failure: toJson(alert.failure),
    acknowledged: toJson(alert.acknowledged),
    acknowledged_by: alert.acknowledged && alert.acknowledged.by,
    resolution: toJson(resolution),
    resolved_at: resolution && toMs(resolution.at),
    inhibited_by: alert.inhibitedBy,
    told: alert.told,
    reopened: alert.reopened,
    search_text: searched.join('\n').toLowerCase(),
  };
}

export function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    rule: row.rule,
    ruleType: ruleType.parse(row.rule_type),
    severity: severity.parse(row.severity),
    status: status.parse(row.status),
    subject: alertSubjectSchema.parse(JSON.parse(row.subject)),
    title: row.title,
    observed: row.observed,
    expected: row.expected,
    since: toInstant(row.since),
    firedAt: toInstantOrNull(row.fired_at),
    lastSeenAt: toInstant(row.last_seen_at),
    factsReadAt: toInstantOrNull(row.facts_read_at),
    runId: row.run_id,
    owner: ofJson(ownershipSchema, row.owner),
    failure: ofJson(alertFailureSchema, row.failure),
    acknowledged: ofJson(acknowledged, row.acknowledged),
    resolution: ofJson(alertResolutionSchema, row.resolution),
    inhibitedBy: row.inhibited_by,
    reopened: row.reopened,
  };
}

export function toStoredAlert(row: AlertRow): StoredAlert {
  return {
    ...toAlert(row),
    fingerprint: row.fingerprint,
    occurrence: row.occurrence,
    told: Boolean(row.told),
  };
}

/** @param nr - its place among the events of the alert that happened at the same moment */
export function toAlertEventRow(
  event: AlertEvent & { alertId: string },
  nr: number,
) {
  const at = toMs(event.at);
  return {
    // The same event of the same decision is stored once.
    id: `${event.alertId} ${at} ${event.kind}`,
    alert_id: event.alertId,
    at,
    nr,
    kind: event.kind,
    by: event.by,
    text: event.text,
  };
}

export function toAlertEvent(row: AlertEventRow): AlertEvent {
  return {
    at: toInstant(row.at),
    kind: alertEventSchema.shape.kind.parse(row.kind),
    by: row.by,
    text: row.text,
  };
}
