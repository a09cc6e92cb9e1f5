import type { ImportError } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { AirflowImportError } from '../../airflow';
import { batches, lastByKey } from '../kit/batches';
import { fingerprint } from '../kit/cursor';
import { whereAllowedFiles, whereFileOf } from '../kit/permissionSql';
import { clustersWithin } from './dagFilter';
import { keysetPage } from '../kit/keyset';
import { toInstantOrNull, toMsOrNull, type StoredNumber } from '../kit/moments';
import type { PageRequest, ReadScope, StoredPage } from '../kit/types';

/** A row of `airflow_import_errors`. */
export interface ImportErrorRow {
  cluster: string;
  id: string;
  filename: string;
  bundle: string | null;
  stack_trace: string;
  occurred_at: StoredNumber | null;
}

/** DAG files that an Airflow could not import. */
export class ImportErrorStore {
  constructor(private readonly db: Knex) {}

  /** Newest first. */
  async list(query: {
    scope: ReadScope;
    /** Narrows the scope to these clusters. */
    cluster?: string[];
    /** Only of the files in which these DAGs are. */
    dagId?: string[];
    page: PageRequest;
  }): Promise<StoredPage<ImportError>> {
    const { scope, cluster, dagId, page } = query;
    const matching = () => {
      const errors = this.db('airflow_import_errors');
      whereAllowedFiles(errors, clustersWithin(scope, { cluster }));
      if (dagId) {
        whereFileOf(errors, dags => {
          dags.whereIn('airflow_dags.dag_id', dagId);
        });
      }
      return errors;
    };
    const { rows, nextCursor } = await keysetPage<ImportErrorRow>({
      rows: () => matching().select('*'),
      sort: {
        column: 'occurred_at',
        nullable: true,
        ties: ['cluster', 'id'],
        direction: 'desc',
      },
      page,
      question: fingerprint({ list: 'import-errors', cluster, dagId }),
    });
    const [counted] = await matching().count({ total: '*' });
    return {
      items: rows.map(row => toImportError(row)),
      nextCursor,
      total: Number(counted.total),
    };
  }

  /** Which files of a cluster cannot be imported. */
  async filenames(cluster: string): Promise<string[]> {
    return this.db('airflow_import_errors')
      .where({ cluster })
      .orderBy('id')
      .pluck('filename');
  }

  /** Stores what a complete reading found; others are forgotten, unless they are missing for doubtful reasons. */
  async save(
    trx: Knex.Transaction,
    cluster: string,
    errors: readonly AirflowImportError[],
    { forgetOthers }: { forgetOthers: boolean },
  ): Promise<void> {
    const rows = lastByKey(errors, ({ id }) => id).map(error => ({
      cluster,
      id: error.id,
      filename: error.filename,
      bundle: error.bundle,
      stack_trace: error.stackTrace,
      occurred_at: toMsOrNull(error.occurredAt),
    }));
    if (forgetOthers) {
      await trx('airflow_import_errors').where({ cluster }).delete();
    }
    for (const batch of batches(rows)) {
      // Two replicas may read the same cluster at once.
      await trx('airflow_import_errors')
        .insert(batch)
        .onConflict(['cluster', 'id'])
        .merge();
    }
  }
}

export function toImportError(row: ImportErrorRow): ImportError {
  return {
    cluster: row.cluster,
    id: row.id,
    filename: row.filename,
    bundle: row.bundle,
    stackTrace: row.stack_trace,
    occurredAt: toInstantOrNull(row.occurred_at),
  };
}
