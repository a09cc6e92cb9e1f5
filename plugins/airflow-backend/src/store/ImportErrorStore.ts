import type { ImportError } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import type { AirflowImportError } from '../airflow';
import { batches, lastByKey } from './batches';
import { fingerprint } from './cursor';
import { whereAllowedFiles } from './allowed';
import { clustersWithin } from './dagFilter';
import { keysetPage } from './keyset';
import { toInstantOrNull, toMsOrNull, type StoredNumber } from './moments';
import type { PageRequest, ReadScope, StoredPage } from './types';

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
    page: PageRequest;
  }): Promise<StoredPage<ImportError>> {
    const { scope, cluster, page } = query;
    const matching = () => {
      const errors = this.db('airflow_import_errors');
      whereAllowedFiles(errors, clustersWithin(scope, { cluster }));
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
      question: fingerprint({ list: 'import-errors', cluster }),
    });
    const [counted] = await matching().count({ total: '*' });
    return {
      items: rows.map(row => toImportError(row)),
      nextCursor,
      total: Number(counted.total),
    };
  }

  /** Puts what a complete reading found in place of what was stored. */
  async replaceAll(
    cluster: string,
    errors: readonly AirflowImportError[],
  ): Promise<void> {
    const rows = lastByKey(errors, ({ id }) => id).map(error => ({
      cluster,
      id: error.id,
      filename: error.filename,
      bundle: error.bundle,
      stack_trace: error.stackTrace,
      occurred_at: toMsOrNull(error.occurredAt),
    }));
    await this.db.transaction(async trx => {
      await trx('airflow_import_errors').where({ cluster }).delete();
      for (const batch of batches(rows)) {
        // Two replicas may read the same cluster at once.
        await trx('airflow_import_errors')
          .insert(batch)
          .onConflict(['cluster', 'id'])
          .merge();
      }
    });
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
