import type { Knex } from 'knex';
import { batches } from '../kit/batches';
import { parseNames } from '../dags/dagRows';
import { dagKey, type DagName } from '../runs/recentRuns';

/** What permission rules ask of a DAG. */
export interface DagResource {
  cluster: string;
  dagId: string;
  owner: string | null;
  tags: string[];
}

/** What permission rules ask of an alert; the tags are those of its DAG. */
export interface AlertResource extends Omit<DagResource, 'dagId'> {
  dagId: string | null;
  ruleType: string;
}

interface DagResourceRow {
  cluster: string;
  dag_id: string;
  owner_ref: string | null;
  tags: string;
}

interface AlertResourceRow {
  id: string;
  cluster: string;
  dag_id: string | null;
  rule_type: string;
  owner_ref: string | null;
  tags: string | null;
}

/** What permission rules ask of single DAGs and alerts. */
export class ResourceStore {
  constructor(private readonly db: Knex) {}

  /** Those that are stored, by {@link dagKey}. */
  async dags(names: readonly DagName[]): Promise<Map<string, DagResource>> {
    const found = new Map<string, DagResource>();
    for (const batch of batches(names)) {
      const rows: DagResourceRow[] = await this.db('airflow_dags')
        .select('cluster', 'dag_id', 'owner_ref', 'tags')
        .whereIn(
          ['cluster', 'dag_id'],
          batch.map(({ cluster, dagId }) => [cluster, dagId]),
        );
      for (const row of rows) {
        const name = { cluster: row.cluster, dagId: row.dag_id };
        const tags = parseNames(row.tags);
        found.set(dagKey(name), { ...name, owner: row.owner_ref, tags });
      }
    }
    return found;
  }

  /** Those that are stored, by id. */
  async alerts(ids: readonly string[]): Promise<Map<string, AlertResource>> {
    const found = new Map<string, AlertResource>();
    for (const batch of batches(ids)) {
      const rows: AlertResourceRow[] = await this.db('airflow_alerts as a')
        .leftJoin('airflow_dags as d', join =>
          join.on('d.cluster', 'a.cluster').andOn('d.dag_id', 'a.dag_id'),
        )
        .whereIn('a.id', batch)
        .select(
          'a.id',
          'a.cluster',
          'a.dag_id',
          'a.rule_type',
          'a.owner_ref',
          'd.tags',
        );
      for (const row of rows) {
        found.set(row.id, {
          cluster: row.cluster,
          dagId: row.dag_id,
          ruleType: row.rule_type,
          owner: row.owner_ref,
          tags: row.tags === null ? [] : parseNames(row.tags),
        });
      }
    }
    return found;
  }
}
