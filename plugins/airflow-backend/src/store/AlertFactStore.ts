import {
  collectionKinds,
  problemSchema,
  type CollectionKind,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { ClusterFacts, DagFacts, Reading } from '../alerts/types';
import { readAlertDags, type FactDagRow } from './alertDags';
import {
  readFailedRuns,
  readLastDueRuns,
  readLastSuccesses,
  readUnfinishedRuns,
  readUnkeptPromises,
} from './alertRuns';
import { parseComponents } from './ClusterStore';
import { parseNames, toOwnership } from './dagRows';
import { toImportError, type ImportErrorRow } from './ImportErrorStore';
import { toInstantOrNull, type StoredNumber } from './moments';

/** Which facts are asked for. */
export interface FactQuery {
  now: Date;
  /** Also of DAGs of which nothing seems wrong; some rules miss what is not there. */
  everyDag: boolean;
}

/** Reads what alert rules look at, in a fixed number of statements however many DAGs a cluster has. */
export class AlertFactStore {
  constructor(private readonly db: Knex) {}

  async read(
    cluster: ClusterFacts['cluster'],
    query: FactQuery,
  ): Promise<ClusterFacts> {
    const [readings, components, importErrors, dags] = await Promise.all([
      this.readings(cluster.name),
      this.components(cluster.name),
      this.importErrors(cluster.name),
      this.dags(cluster.name, query),
    ]);
    return {
      cluster,
      now: query.now,
      readings,
      components,
      importErrors,
      dags,
    };
  }

  private async readings(
    cluster: string,
  ): Promise<Record<CollectionKind, Reading>> {
    const rows: {
      kind: string;
      last_success_at: StoredNumber | null;
      failing_since: StoredNumber | null;
      problem: string | null;
    }[] = await this.db('airflow_collections').where({ cluster });
    const reading = (kind: CollectionKind): Reading => {
      const row = rows.find(own => own.kind === kind);
      return {
        readAt: toInstantOrNull(row?.last_success_at ?? null),
        failingSince: toInstantOrNull(row?.failing_since ?? null),
        problem: row?.problem
          ? problemSchema.parse(JSON.parse(row.problem))
          : null,
      };
    };
    const [health, inventory, runs] = collectionKinds.map(reading);
    return { health, inventory, runs };
  }

  private async components(
    cluster: string,
  ): Promise<ClusterFacts['components']> {
    const row: { components: string } | undefined = await this.db(
      'airflow_clusters',
    )
      .where({ name: cluster })
      .first('components');
    return row ? parseComponents(row.components) : [];
  }

  private async importErrors(
    cluster: string,
  ): Promise<ClusterFacts['importErrors']> {
    const rows: ImportErrorRow[] = await this.db('airflow_import_errors')
      .where({ cluster })
      .orderBy('id');
    return rows.map(row => toImportError(row));
  }

  private async dags(
    cluster: string,
    query: FactQuery,
  ): Promise<Map<string, DagFacts>> {
    const rows = await readAlertDags(this.db, cluster, query);
    const [failed, successes, unfinished, promises, lastRuns] =
      await Promise.all([
        readFailedRuns(this.db, cluster, rows),
        readLastSuccesses(this.db, cluster, rows),
        readUnfinishedRuns(this.db, cluster),
        readUnkeptPromises(this.db, cluster, rows, query.now),
        readLastDueRuns(this.db, cluster, rows),
      ]);
    return new Map(
      rows.map((row): [string, DagFacts] => {
        const { dag_id: dagId } = row;
        const streak = failed.get(dagId);
        return [
          dagId,
          {
            ...toDagPart(row),
            failedRuns: streak?.runs ?? [],
            failuresInARow: streak?.total ?? 0,
            lastSuccess: successes.get(dagId) ?? null,
            unfinishedRuns: unfinished.get(dagId) ?? [],
            unkeptPromises: promises.get(dagId) ?? [],
            lastRun: lastRuns.get(dagId) ?? null,
          },
        ];
      }),
    );
  }
}

function toDagPart(row: FactDagRow) {
  return {
    dagId: row.dag_id,
    displayName: row.display_name,
    paused: Boolean(row.paused),
    hasImportErrors: Boolean(row.has_import_errors),
    tags: parseNames(row.tags),
    owner: toOwnership(row),
    firstSeenAt: toInstantOrNull(row.first_seen_at),
  };
}
