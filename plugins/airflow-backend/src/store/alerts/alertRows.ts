import {
  alertEventKinds,
  dagPresences,
  severities,
  type AlertEvent,
  type AlertSubject,
  type Instant,
  type DagPresence,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  alertAcknowledgementSchema,
  alertExplanationSchema,
  alertFailureSchema,
  alertFlappingSchema,
  alertResolutionSchema,
  alertRuleTypeSchema,
  alertStatusSchema,
  alertSubjectSchema,
  instantSchema,
  ownershipSchema,
  severitySchema,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { z } from 'zod';
import type { StoredAlert, MaskedAlert } from '../../model/storedAlerts';
import { maskedBefore } from '../../masked';
import {
  toInstant,
  toInstantOrNull,
  toMs,
  toMsOrNull,
  type StoredBoolean,
  type StoredNumber,
} from '../kit/moments';

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
  explanation: string | null;
  acknowledged: string | null;
  resolution: string | null;
  inhibited_by: string | null;
  last_told: string;
  noticed_at: StoredNumber;
  old_news: StoredBoolean;
  openings: string;
  flapping: string | null;
  dag_presence: string | null;
  reopened: number;
}

/** A row of `airflow_alert_events` as it is read. */
export interface AlertEventRow {
  at: StoredNumber;
  kind: string;
  by: string | null;
  text: string;
}

const eventKind = z.enum(alertEventKinds);
const lastNotified = z.enum(['nothing', 'fires', 'flaps']);
const maskedFailureSchema = alertFailureSchema.transform(failure => ({
  ...failure,
  exception:
    failure.exception === null ? null : maskedBefore(failure.exception),
  excerpt: failure.excerpt.map(maskedBefore),
}));
const openings = z.array(instantSchema);

function toJson(value: object | null): string | null {
  return value && JSON.stringify(value);
}

function ofJson<T extends z.ZodType>(
  schema: T,
  column: string | null,
): z.output<T> | null {
  return column === null ? null : schema.parse(JSON.parse(column));
}

function ofPresence(column: string | null): DagPresence | null {
  return dagPresences.find(state => state === column) ?? null;
}

function dagIdOf(subject: AlertSubject): string | null {
  return 'dagId' in subject ? subject.dagId : null;
}

/** By which it is new: when it fired, or was noticed while it has not; of what was old already, when it began. */
function newsAt({ oldNews, since, firedAt, noticedAt }: StoredAlert): Instant {
  return oldNews ? since : firedAt ?? noticedAt;
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
    urgency: severities.length - 1 - severities.indexOf(alert.severity),
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
    news_at: toMs(newsAt(alert)),
    last_seen_at: toMs(alert.lastSeenAt),
    facts_read_at: toMsOrNull(alert.factsReadAt),
    owner_ref: alert.owner && alert.owner.ref.toLowerCase(),
    owner: toJson(alert.owner),
    failure: toJson(alert.failure),
    explanation: toJson(alert.explanation),
    explain_at: toMsOrNull(alert.explanation?.nextAt ?? null),
    acknowledged: toJson(alert.acknowledged),
    acknowledged_by: alert.acknowledged && alert.acknowledged.by,
    resolution: toJson(resolution),
    resolved_at: resolution && toMs(resolution.at),
    inhibited_by: alert.inhibitedBy,
    last_told: alert.notified,
    noticed_at: toMs(alert.noticedAt),
    old_news: alert.oldNews,
    openings: JSON.stringify(alert.openings),
    flapping: toJson(alert.flapping),
    dag_presence: alert.dagPresence,
    reopened: alert.reopened,
    search_text: searched.join('\n').toLowerCase(),
  };
}

export function toAlert(row: AlertRow): MaskedAlert {
  return {
    id: row.id,
    rule: row.rule,
    ruleType: alertRuleTypeSchema.parse(row.rule_type),
    severity: severitySchema.parse(row.severity),
    status: alertStatusSchema.parse(row.status),
    subject: alertSubjectSchema.parse(JSON.parse(row.subject)),
    title: maskedBefore(row.title),
    observed: maskedBefore(row.observed),
    expected: row.expected,
    since: toInstant(row.since),
    noticedAt: toInstant(row.noticed_at),
    firedAt: toInstantOrNull(row.fired_at),
    lastSeenAt: toInstant(row.last_seen_at),
    factsReadAt: toInstantOrNull(row.facts_read_at),
    runId: row.run_id,
    owner: ofJson(ownershipSchema, row.owner),
    failure: failureOf(row),
    explanation: ofJson(alertExplanationSchema, row.explanation),
    acknowledged: ofJson(alertAcknowledgementSchema, row.acknowledged),
    resolution: ofJson(alertResolutionSchema, row.resolution),
    inhibitedBy: row.inhibited_by,
    reopened: row.reopened,
    flapping: ofJson(alertFlappingSchema, row.flapping),
    oldNews: Boolean(row.old_news),
  };
}

/** That of an earlier run is nobody's business but of the engine, which compares causes. */
function failureOf(row: AlertRow) {
  const failure = ofJson(maskedFailureSchema, row.failure);
  return failure?.runId === row.run_id ? failure : null;
}

export function toStoredAlert(row: AlertRow): StoredAlert {
  return {
    ...toAlert(row),
    failure: ofJson(maskedFailureSchema, row.failure),
    fingerprint: row.fingerprint,
    occurrence: row.occurrence,
    notified: lastNotified.parse(row.last_told),
    openings: openings.parse(JSON.parse(row.openings)),
    dagPresence: ofPresence(row.dag_presence),
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
    kind: eventKind.parse(row.kind),
    by: row.by,
    text: row.text,
  };
}
