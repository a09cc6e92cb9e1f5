import type { DagZone } from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  dagZoneSchema,
  scheduleKindSchema,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import { batches } from '../kit/batches';
import { parseNames } from './dagRows';
import { toInstantOrNull, type StoredNumber } from '../kit/moments';
import { dagKey, readRecentRuns, type DagName } from '../runs/recentRuns';

/** A zone that was found, and by what. */
export interface FoundZone {
  dagId: string;
  zone: DagZone | null;
  basis: string;
}

/** The zones of DAGs as they were found when something about them had changed. */
export class ZoneStore {
  constructor(private readonly db: Knex) {}

  /** Everything about every DAG of a cluster by which its zone is found, but for its runs. */
  async clues(cluster: string) {
    const rows: {
      dag_id: string;
      schedule_kind: string;
      schedule_expression: string | null;
      tags: string;
      next_run_at: StoredNumber | null;
      last_run_at: StoredNumber | null;
      basis: string | null;
    }[] = await this.db('airflow_dags as d')
      .leftJoin('airflow_dag_zones as z', join =>
        join.on('z.cluster', 'd.cluster').andOn('z.dag_id', 'd.dag_id'),
      )
      .where('d.cluster', cluster)
      .select(
        'd.dag_id',
        'd.schedule_kind',
        'd.schedule_expression',
        'd.tags',
        'd.next_run_at',
        'd.last_run_at',
        'z.basis',
      );
    return rows.map(row => ({
      dagId: row.dag_id,
      schedule: {
        kind: scheduleKindSchema.parse(row.schedule_kind),
        expression: row.schedule_expression,
      },
      tags: parseNames(row.tags),
      nextRunAt: toInstantOrNull(row.next_run_at),
      lastRunAt: toInstantOrNull(row.last_run_at),
      basis: row.basis,
    }));
  }

  /** For when Airflow made the last scheduled runs of DAGs, by DAG id. */
  async scheduledRuns(
    cluster: string,
    dagIds: readonly string[],
  ): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const batch of batches(dagIds)) {
      const runs = await readRecentRuns(
        this.db,
        batch.map(dagId => ({ cluster, dagId })),
      );
      for (const dagId of batch) {
        const own = runs.get(dagKey({ cluster, dagId })) ?? [];
        found.set(
          dagId,
          own.flatMap(({ type, dueAt }) =>
            type === 'scheduled' ? [dueAt] : [],
          ),
        );
      }
    }
    return found;
  }

  async save(cluster: string, found: readonly FoundZone[]): Promise<void> {
    for (const batch of batches(found)) {
      await this.db('airflow_dag_zones')
        .insert(
          batch.map(({ dagId, zone, basis }) => ({
            cluster,
            dag_id: dagId,
            zone: zone && JSON.stringify(zone),
            basis,
          })),
        )
        .onConflict(['cluster', 'dag_id'])
        .merge();
    }
  }

  /** The zones of these DAGs, by {@link dagKey}; those of which nothing tells it are left out. */
  async read(dags: readonly DagName[]): Promise<Map<string, DagZone>> {
    const zones = new Map<string, DagZone>();
    for (const batch of batches(dags)) {
      const rows: { cluster: string; dag_id: string; zone: string }[] =
        await this.db('airflow_dag_zones')
          .whereIn(
            ['cluster', 'dag_id'],
            batch.map(({ cluster, dagId }) => [cluster, dagId]),
          )
          .whereNotNull('zone');
      for (const row of rows) {
        const key = dagKey({ cluster: row.cluster, dagId: row.dag_id });
        zones.set(key, dagZoneSchema.parse(JSON.parse(row.zone)));
      }
    }
    return zones;
  }
}
