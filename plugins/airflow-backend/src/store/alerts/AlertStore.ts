import type {
  Alert,
  AlertEvent,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  alertEndpoints,
  alertSorts,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import type { z } from 'zod';
import type {
  Decision,
  StoredAlert,
  MaskedAlert,
} from '../../model/storedAlerts';
import { whereAllowedAlerts } from '../kit/permissionSql';
import { openStatuses, whereAlerts, type AlertFilter } from './alertFilter';
import {
  toAlert,
  toAlertEvent,
  toAlertEventRow,
  toAlertRow,
  toStoredAlert,
  type AlertEventRow,
  type AlertRow,
} from './alertRows';
import { readForDecision, type PastAlerts } from './alertsForDecision';
import { batches, lastByKey } from '../kit/batches';
import { fingerprint } from '../kit/cursor';
import { byCount, clusterFacets, countBy } from '../dags/dagFacets';
import { keysetPage, type KeysetSort } from '../kit/keyset';
import { leftClusters, type LeftCluster } from '../clusters/leftClusters';
import type { StoredNumber } from '../kit/moments';
import type { PageRequest, ReadScope, StoredPage } from '../kit/types';

export type AlertSort = (typeof alertSorts)[number];

type AlertFacets = z.output<typeof alertEndpoints.listAlertFacets.response>;

const sorts: Record<AlertSort, KeysetSort> = {
  severity: keyset('urgency', 'desc', ['news_at', 'id']),
  '-severity': keyset('urgency', 'asc', ['news_at', 'id']),
  firedAt: keyset('news_at', 'asc', ['id']),
  '-firedAt': keyset('news_at', 'desc', ['id']),
  since: keyset('since', 'asc', ['id']),
  '-since': keyset('since', 'desc', ['id']),
  lastSeenAt: keyset('last_seen_at', 'asc', ['id']),
  '-lastSeenAt': keyset('last_seen_at', 'desc', ['id']),
};

function keyset(
  column: string,
  direction: 'asc' | 'desc',
  ties: string[],
): KeysetSort {
  return { column, direction, ties, nullable: false };
}

/** The alerts of the fleet, open and past, each with its timeline. */
export class AlertStore {
  constructor(private readonly db: Knex) {}

  /** @throws InputError when the cursor belongs to another sort or filter */
  async list(query: {
    scope: ReadScope;
    filter: AlertFilter;
    /** `-firedAt` when left out: newest first. */
    sort?: AlertSort;
    page: PageRequest;
  }): Promise<StoredPage<Alert>> {
    const { scope, filter, sort = '-firedAt', page } = query;
    const matching = () => {
      const alerts = this.db('airflow_alerts');
      whereAlerts(alerts, scope, filter);
      return alerts;
    };
    const { rows, nextCursor } = await keysetPage<AlertRow>({
      rows: () => matching().select('*'),
      sort: sorts[sort],
      page,
      question: fingerprint({ list: 'alerts', sort, filter }),
    });
    const [counted] = await matching().count({ total: '*' });
    return {
      items: rows.map(row => toAlert(row)),
      nextCursor,
      total: Number(counted.total),
    };
  }

  /** For each filter, how many alerts each value would show with the other filters kept. */
  async facets(query: {
    scope: ReadScope;
    filter: AlertFilter;
  }): Promise<AlertFacets> {
    const { scope, filter } = query;
    const count = async (column: string, changed: Partial<AlertFilter>) => {
      const alerts = this.db('airflow_alerts');
      whereAlerts(alerts, scope, { ...filter, ...changed });
      return countBy<string>(alerts, column, value => value);
    };
    const perCluster = await count('cluster', {
      cluster: undefined,
      environment: undefined,
    });
    return {
      status: byCount(
        await count('status', { status: [...openStatuses, 'resolved'] }),
      ),
      severity: byCount(await count('severity', { severity: undefined })),
      ...clusterFacets(perCluster, scope, filter),
      ruleType: byCount(await count('rule_type', { ruleType: undefined })),
    };
  }

  /** Undefined when there is none, or none that the reader may see. */
  async get(scope: ReadScope, id: string): Promise<Alert | undefined> {
    const row: AlertRow | undefined = await this.within(scope)
      .where({ id })
      .first();
    return row && toAlert(row);
  }

  /** Whoever may see them, worst first; for what is told to those whom routes name. */
  async findAll(ids: readonly string[]): Promise<MaskedAlert[]> {
    const rows: AlertRow[] = await this.db('airflow_alerts')
      .whereIn('id', [...ids])
      .orderBy([{ column: 'urgency', order: 'desc' }, 'since', 'id']);
    return rows.map(row => toAlert(row));
  }

  /** Open alerts of which this one is the cause, newest first. */
  async inhibitedBy(scope: ReadScope, id: string): Promise<Alert[]> {
    const rows: AlertRow[] = await this.within(scope)
      .where({ inhibited_by: id })
      .whereIn('status', openStatuses)
      .orderBy([
        { column: 'news_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ]);
    return rows.map(row => toAlert(row));
  }

  /** Oldest first. */
  async timeline(id: string): Promise<AlertEvent[]> {
    const rows: AlertEventRow[] = await this.db('airflow_alert_events')
      .where({ alert_id: id })
      .orderBy(['at', 'nr']);
    return rows.map(row => toAlertEvent(row));
  }

  /** How many alerts of each rule are open, by the rule's name. */
  async countOpenByRule(scope: ReadScope): Promise<Map<string, number>> {
    const open = this.within(scope).whereIn('status', openStatuses);
    const counts = await countBy<string>(open, 'rule', value => value);
    return new Map(counts.map(({ value, count }) => [value, count]));
  }

  async transaction<T>(act: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.db.transaction(act);
  }

  /** As {@link AlertStore.lockForDecision}, before it is certain that something is decided. */
  async readForDecision(
    cluster: string,
    past: PastAlerts,
  ): Promise<StoredAlert[]> {
    return readForDecision(this.db, cluster, past);
  }

  /** What a decision rests on. The open ones stay as they are until the transaction ends. */
  async lockForDecision(
    trx: Knex.Transaction,
    cluster: string,
    past: PastAlerts,
  ): Promise<StoredAlert[]> {
    await trx('airflow_alerts')
      .select('id')
      .where({ cluster })
      .where(mayChange =>
        mayChange
          .whereIn('status', openStatuses)
          .orWhereNot('last_told', 'nothing'),
      )
      .orderBy('id')
      .forNoKeyUpdate();
    return readForDecision(trx, cluster, past);
  }

  /** When was last decided about a cluster; null when never. To be read before the facts that a decision rests on. */
  async lastEvaluation(cluster: string): Promise<number | null> {
    const row: { evaluated_at: StoredNumber } | undefined = await this.db(
      'airflow_alert_evaluations',
    )
      .where({ cluster })
      .first('evaluated_at');
    return row ? Number(row.evaluated_at) : null;
  }

  /** Clusters that have open alerts or owe news of them, are none of these, and were last decided about before a moment, or never. */
  async leftClusters(of: {
    configured: readonly string[];
    before: Date;
  }): Promise<LeftCluster[]> {
    return leftClusters(this.db, of);
  }

  /**
   * Begins to decide about a cluster: others who want to wait until the transaction ends.
   *
   * @param last - the evaluation before, as it was when the facts were read
   * @returns false when somebody decided since then, on facts that may be newer
   */
  async beginEvaluation(
    trx: Knex.Transaction,
    cluster: string,
    { last, now }: { last: number | null; now: Date },
  ): Promise<boolean> {
    const evaluatedAt = Math.max(now.getTime(), (last ?? 0) + 1);
    const begun = await trx('airflow_alert_evaluations')
      .insert({ cluster, evaluated_at: evaluatedAt })
      .onConflict('cluster')
      .merge()
      .where('airflow_alert_evaluations.evaluated_at', last ?? 0)
      .returning('cluster');
    return begun.length > 0;
  }

  /** Alerts by id, locked until the transaction ends; those that the reader may not see are left out. */
  async lock(
    trx: Knex.Transaction,
    scope: ReadScope,
    ids: readonly string[],
  ): Promise<StoredAlert[]> {
    const rows: AlertRow[] = await trx('airflow_alerts')
      .whereIn('id', await this.idsWithin(scope, ids, trx))
      .orderBy('id')
      .forNoKeyUpdate();
    return rows.map(row => toStoredAlert(row));
  }

  /** Open alerts of a cluster whose error is to be looked for by now, and that nobody else is taking. */
  async lockUnexplained(
    trx: Knex.Transaction,
    cluster: string,
    { now, limit }: { now: Date; limit: number },
  ): Promise<StoredAlert[]> {
    const due = trx('airflow_alerts')
      .where({ cluster })
      .where('explain_at', '<=', now.getTime())
      .whereIn('status', openStatuses)
      .orderBy(['explain_at', 'id'])
      .limit(limit);
    if (String(trx.client.config.client).includes('pg')) {
      due.forNoKeyUpdate().skipLocked();
    }
    const rows: AlertRow[] = await due;
    return rows.map(row => toStoredAlert(row));
  }

  /** Alerts by id, whoever may see them, locked until the transaction ends. */
  async lockAll(
    trx: Knex.Transaction,
    ids: readonly string[],
  ): Promise<StoredAlert[]> {
    const rows: AlertRow[] = await trx('airflow_alerts')
      .whereIn('id', [...ids])
      .orderBy('id')
      .forNoKeyUpdate();
    return rows.map(row => toStoredAlert(row));
  }

  /** Which of some alerts a scope allows. */
  async idsWithin(
    scope: ReadScope,
    ids: readonly string[],
    db: Knex = this.db,
  ): Promise<string[]> {
    return this.within(scope, db)
      .whereIn('id', [...ids])
      .pluck('id');
  }

  /** Stores what was decided; doing so twice changes nothing more. */
  async apply(
    trx: Knex.Transaction,
    { alerts, events }: Pick<Decision, 'alerts' | 'events'>,
  ): Promise<void> {
    const rows = lastByKey(alerts, ({ id }) => id)
      .map(alert => toAlertRow(alert))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const batch of batches(rows)) {
      // The key stays, so that a sender may write what became of a delivery into the timeline meanwhile.
      const { id: _, ...changing } = batch[0];
      await trx('airflow_alerts')
        .insert(batch)
        .onConflict('id')
        .merge(Object.keys(changing));
    }
    const nrs = new Map<string, number>();
    const eventRows = events.map(event => {
      const nr = nrs.get(event.alertId) ?? 0;
      nrs.set(event.alertId, nr + 1);
      return toAlertEventRow(event, nr);
    });
    for (const batch of batches(eventRows)) {
      await trx('airflow_alert_events').insert(batch).onConflict('id').ignore();
    }
  }

  /**
   * Forgets alerts that were resolved before a moment, with their timelines and deliveries.
   *
   * @returns how many
   */
  async removeBefore(moment: Date): Promise<number> {
    return this.db('airflow_alerts')
      .where('resolved_at', '<', moment.getTime())
      .where('status', 'resolved')
      .delete();
  }

  private within(scope: ReadScope, db = this.db): Knex.QueryBuilder {
    const alerts = db('airflow_alerts');
    whereAllowedAlerts(alerts, scope.clusters);
    return alerts;
  }
}
