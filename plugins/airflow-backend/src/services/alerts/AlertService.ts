import type { AlertRule } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
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
import type { Blindness } from '../kit/blindness';
import type { CoverageReader } from '../kit/coverage';
import type { Answer, Asked } from '../kit/asked';
import { missingAlert } from '../kit/missing';
import type { OwnerScopes } from '../owners/OwnerScopes';

type Outcome = Answer<'acknowledgeAlerts'>['items'][number];

/** One action done to many alerts. */
interface ManyAction {
  endpoint: { needs: { permission: { name: string } } };
  act: (alert: StoredAlert, at: string) => PersonOutcome;
}

/** What callers may read of alerts and do about them. */
export class AlertService {
  constructor(
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
  ) {}

  async list({
    query: { sort, limit, cursor, ...asked },
    scope,
    credentials,
  }: Asked<'listAlerts'>): Promise<Answer<'listAlerts'>> {
    const filter = await this.filterOf(asked, credentials);
    const [stored, coverage] = await Promise.all([
      this.stores.alerts.list({ scope, filter, sort, page: { limit, cursor } }),
      this.coverage.readWorst(scope, filter),
    ]);
    const items = await this.blindness.mark(stored.items);
    return { ...stored, items, coverage };
  }

  async facets({
    query,
    scope,
    credentials,
  }: Asked<'listAlertFacets'>): Promise<Answer<'listAlertFacets'>> {
    const filter = await this.filterOf(query, credentials);
    return this.stores.alerts.facets({ scope, filter });
  }

  async get({
    params: { alertId: id },
    scope,
  }: Asked<'getAlert'>): Promise<Answer<'getAlert'>> {
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

  async rules({
    scope,
  }: Asked<'listAlertRules'>): Promise<Answer<'listAlertRules'>> {
    const open = await this.stores.alerts.countOpenByRule(scope);
    const isSeen = (name: string) =>
      scope.seen.some(cluster => cluster.name === name);
    const items = this.rulesInForce.map(
      (rule): AlertRule => ({
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
      }),
    );
    return { items };
  }

  async acknowledge(
    asked: Asked<'acknowledgeAlerts'>,
  ): Promise<Answer<'acknowledgeAlerts'>> {
    const by = asked.who;
    const note = asked.body.note || null;
    return this.actOnMany(asked, {
      endpoint: airflowEndpoints.acknowledgeAlerts,
      act: (alert, at) => acknowledge(alert, { by, at, note }),
    });
  }

  async resolve(
    asked: Asked<'resolveAlerts'>,
  ): Promise<Answer<'resolveAlerts'>> {
    const by = asked.who;
    const { reason } = asked.body;
    return this.actOnMany(asked, {
      endpoint: airflowEndpoints.resolveAlerts,
      act: (alert, at) => resolveByHand(alert, { by, at, reason }),
    });
  }

  private async actOnMany(
    { body, scope }: Pick<Asked<'acknowledgeAlerts'>, 'body' | 'scope'>,
    { endpoint, act }: ManyAction,
  ): Promise<{ items: Outcome[] }> {
    const wanted = [...new Set(body.ids)];
    const refused = `You lack the permission ${endpoint.needs.permission.name} for it`;
    const { alerts } = this.stores;
    const decided = await this.alerting.recorder.record(async trx => {
      const at = new Date().toISOString();
      const found = await alerts.lock(trx, scope.readable, wanted);
      const allowed = await alerts.idsWithin(scope.allowed, wanted, trx);
      const decision = toDecision(wanted, found, alert =>
        allowed.includes(alert.id)
          ? act(alert, at)
          : { outcome: 'refused', message: refused },
      );
      await this.settle(trx, decision.alerts);
      return decision;
    });
    return { items: decided?.outcomes ?? [] };
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
    { scope, ...filter }: Asked<'listAlertFacets'>['query'],
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
