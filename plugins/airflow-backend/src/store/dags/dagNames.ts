import type { Knex } from 'knex';
import { batches } from '../kit/batches';
import { parseNames, type DagColumns } from './dagRows';
import type { StoredNumber } from '../kit/moments';

interface NamesRow {
  dag_id: string;
  tags: string;
  owners: string;
  read_at: StoredNumber;
}

/** Keeps the tables of tags and owners in step with DAG rows that are about to be written. */
export async function writeDagNames(
  trx: Knex.Transaction,
  cluster: string,
  rows: readonly DagColumns[],
): Promise<void> {
  const stored: NamesRow[] = await trx('airflow_dags')
    .select('dag_id', 'tags', 'owners', 'read_at')
    .where({ cluster })
    .whereIn(
      'dag_id',
      rows.map(row => row.dag_id),
    );
  const before = new Map(stored.map(row => [row.dag_id, row]));
  const isNewer = (row: DagColumns) =>
    Number(before.get(row.dag_id)?.read_at ?? 0) <= row.read_at;
  const changed = (column: 'tags' | 'owners') =>
    rows
      .filter(row => before.get(row.dag_id)?.[column] !== row[column])
      .filter(isNewer);
  await replaceNames(trx, cluster, 'airflow_dag_tags', changed('tags'), row =>
    parseNames(row.tags).map(tag => ({ tag })),
  );
  await replaceNames(
    trx,
    cluster,
    'airflow_dag_owners',
    changed('owners'),
    row => parseNames(row.owners).map(owner => ({ owner })),
  );
}

async function replaceNames(
  trx: Knex.Transaction,
  cluster: string,
  table: 'airflow_dag_tags' | 'airflow_dag_owners',
  changed: readonly DagColumns[],
  names: (row: DagColumns) => object[],
): Promise<void> {
  if (changed.length === 0) return;
  const dagIds = changed.map(row => row.dag_id);
  await trx(table).where({ cluster }).whereIn('dag_id', dagIds).delete();
  const added = changed.flatMap(row =>
    names(row).map(name => ({ cluster, dag_id: row.dag_id, ...name })),
  );
  for (const batch of batches(added)) {
    await trx(table).insert(batch).onConflict().ignore();
  }
}
