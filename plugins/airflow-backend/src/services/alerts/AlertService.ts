import {
  airflowAlertAcknowledgePermission,
  airflowAlertResolvePermission,
  type alertEndpoints,
  type AlertRule,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { z } from 'zod';
import {
  acknowledge,
  resolveByHand,
  type Alerting,
  type PersonOutcome,
} from '../../alerts';
import { expectedOf, type Rule } from '../../rules';
import type { StoredAlert } from '../../model/storedAlerts';
import type {
  AlertFilter,
  AlertStore,
  DagStore,
  DeliveryStore,
  Transaction,
} from '../../store';
import type { Access } from '../kit/Access';
import type { Audit } from '../kit/Audit';
import type { Blindness } from '../kit/blindness';
import { callerOf } from '../kit/caller';
import type { CoverageReader } from '../kit/coverage';
import { missingAlert } from '../kit/missing';
import type { OwnerScopes } from '../owners/OwnerScopes';

type Endpoints = typeof alertEndpoints;
type AlertPage = z.output<Endpoints['listAlerts']['response']>;
type AlertQuery = z.output<Endpoints['listAlerts']['query']>;
type FacetQuery = z.output<Endpoints['listAlertFacets']['query']>;
type AlertFacets = z.output<Endpoints['listAlertFacets']['response']>;
type AlertDetails = z.output<Endpoints['getAlert']['response']>;
type AcknowledgeBody = z.output<Endpoints['acknowledgeAlerts']['body']>;
type ResolveBody = z.output<Endpoints['resolveAlerts']['body']>;
type Outcome = z.output<
  Endpoints['acknowledgeAlerts']['response']
>['items'][number];

/** One deed done to many alerts. */
interface ManyDeed {
  eventId: string;
  ids: readonly string[];
  permission:
    | typeof airflowAlertAcknowledgePermission
    | typeof airflowAlertResolvePermission;
  meta?: { reason: string };
  act: (alert: StoredAlert, by: string, at: string) => PersonOutcome;
}

/** What callers may read of alerts and do about them. */
export class AlertService {
  constructor(
    private readonly access: Access,
    private readonly owners: OwnerScopes,
    private readonly stores: {
      alerts: AlertStore;
      dags: DagStore;
      deliveries: DeliveryStore;
    },
    private readonly alerting: Alerting,
    private readonly rulesInForce: readonly Rule[],
    private readonly coverage: CoverageReader,
    private readonly blindness: Blindness,
    private readonly auth: AuthService,
    private readonly audit: Audit,
  ) {}

  async list(
    query: AlertQuery,
    credentials: BackstageCredentials,
  ): Promise<AlertPage> {
    const scope = await this.access.alerts(credentials);
    const { sort, limit, cursor, ...asked } = query;
    const filter = await this.filterOf(asked, credentials);
    const [stored, coverage] = await Promise.all([
      this.stores.alerts.list({ scope, filter, sort, page: { limit, cursor } }),
      this.coverage.readWorst(scope, filter),
    ]);
    const items = await this.blindness.mark(stored.items);
    return { ...stored, items, coverage };
  }

  async facets(
    query: FacetQuery,
    credentials: BackstageCredentials,
  ): Promise<AlertFacets> {
    const scope = await this.access.alerts(credentials);
    const filter = await this.filterOf(query, credentials);
    return this.stores.alerts.facets({ scope, filter });
  }

  async get(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<AlertDetails> {
    const scope = await this.access.alerts(credentials);
    const { alerts, deliveries } = this.stores;
    const alert = await alerts.get(scope, id);
    if (!alert) throw missingAlert(id);
    const [timeline, sent, inhibits, cause] = await Promise.all([
      alerts.timeline(id),
      deliveries.listOf(id),
      alerts.inhibitedBy(scope, id),
      alert.inhibitedBy === null
        ? undefined
        : alerts.get(scope, alert.inhibitedBy),
    ]);
    const [marked] = await this.blindness.mark([alert]);
    return {
      alert: marked,
      timeline,
      deliveries: sent,
      inhibits,
      cause: cause ?? null,
    };
  }

  async rules(credentials: BackstageCredentials): Promise<AlertRule[]> {
    const scope = await this.access.alerts(credentials);
    const open = await this.stores.alerts.countOpenByRule(scope);
    const isSeen = (name: string) =>
      scope.seen.some(cluster => cluster.name === name);
    return this.rulesInForce.map(rule => ({
      name: rule.name,
      type: rule.type,
      severity: rule.severity,
      forMs: rule.forMs,
      expected: expectedOf(rule),
      scope: {
        ...rule.scope,
        ...(rule.scope.clusters && {
          clusters: rule.scope.clusters.filter(isSeen),
        }),
      },
      openAlerts: open.get(rule.name) ?? 0,
    }));
  }

  async acknowledge(
    { ids, note }: AcknowledgeBody,
    credentials: BackstageCredentials,
    request: Request,
  ): Promise<Outcome[]> {
    return this.actOnMany(
      {
        eventId: 'alert-acknowledge',
        permission: airflowAlertAcknowledgePermission,
        ids,
        act: (alert, by, at) =>
          acknowledge(alert, { by, at, note: note || null }),
      },
      credentials,
      request,
    );
  }

  async resolve(
    { ids, reason }: ResolveBody,
    credentials: BackstageCredentials,
    request: Request,
  ): Promise<Outcome[]> {
    return this.actOnMany(
      {
        eventId: 'alert-resolve',
        permission: airflowAlertResolvePermission,
        ids,
        meta: { reason },
        act: (alert, by, at) => resolveByHand(alert, { by, at, reason }),
      },
      credentials,
      request,
    );
  }

  private async actOnMany(
    { eventId, permission, ids, meta, act }: ManyDeed,
    credentials: BackstageCredentials,
    request: Request,
  ): Promise<Outcome[]> {
    const wanted = [...new Set(ids)];
    const refused = `You lack the permission ${permission.name} for it`;
    const deed = {
      eventId,
      severityLevel: 'medium' as const,
      meta: { alertIds: wanted, ...meta },
      request,
    };
    return this.audit.record(
      deed,
      async () => {
        const scopes = await this.access.alertsFor(permission, credentials);
        const by = callerOf(this.auth, credentials);
        const { alerts } = this.stores;
        const decided = await this.alerting.recorder.record(async trx => {
          const at = new Date().toISOString();
          const found = await alerts.lock(trx, scopes.readable, wanted);
          const allowed = await alerts.idsWithin(scopes.allowed, wanted, trx);
          const decision = toDecision(wanted, found, alert =>
            allowed.includes(alert.id)
              ? act(alert, by, at)
              : { outcome: 'refused', message: refused },
          );
          await this.settle(trx, decision.alerts);
          return decision;
        });
        return decided?.outcomes ?? [];
      },
      outcomes => ({
        done: outcomes.filter(({ outcome }) => outcome === 'done').length,
      }),
    );
  }

  /** Who closes an alert about DAGs that vanished says with it that they are gone for good. */
  private async settle(
    trx: Transaction,
    alerts: readonly StoredAlert[],
  ): Promise<void> {
    const { dags } = this.stores;
    for (const { ruleType, subject, resolution } of alerts) {
      if (resolution?.kind !== 'by-hand') continue;
      const { by, reason, at } = resolution;
      const said = { by, reason, at: new Date(at) };
      if (ruleType === 'dags-vanished') {
        await dags.settleGone(trx, subject.cluster, 'doubted', said);
      } else if (ruleType === 'dag-vanished' && subject.kind === 'dag') {
        const { cluster, dagId } = subject;
        await dags.settleGone(trx, cluster, { dagId }, said);
      }
    }
  }

  private async filterOf(
    { scope, ...filter }: FacetQuery,
    credentials: BackstageCredentials,
  ): Promise<AlertFilter> {
    return {
      ...filter,
      owners: await this.owners.ownersOf(scope, credentials),
    };
  }
}

/** What is changed of many alerts, each as if it were alone, and what became of each. */
function toDecision(
  ids: readonly string[],
  alerts: readonly StoredAlert[],
  act: (alert: StoredAlert) => PersonOutcome,
) {
  const byId = new Map(alerts.map(alert => [alert.id, alert]));
  const acted = ids.map((id): { id: string; result: PersonOutcome } => {
    const alert = byId.get(id);
    return {
      id,
      result: alert
        ? act(alert)
        : { outcome: 'refused', message: `There is no alert ${id}` },
    };
  });
  const decisions = acted.flatMap(({ result }) =>
    result.outcome === 'done' ? [result.decision] : [],
  );
  return {
    alerts: decisions.flatMap(decision => decision.alerts),
    events: decisions.flatMap(({ events }) => events),
    notices: decisions.flatMap(({ notices }) => notices),
    outcomes: acted.map(
      ({ id, result }): Outcome => ({
        id,
        outcome: result.outcome,
        ...(result.outcome === 'refused' && { message: result.message }),
      }),
    ),
  };
}
