import type { Knex } from 'knex';
import { isPostgres } from '../kit/dialect';

/** A DAG of one cluster with a moment to look for among what is stored of it. */
export type DagMoment = readonly [dagId: string, at: number];

/**
 * DAGs with a moment each as a table of the columns `dag_id` and `at`, in one binding however many they are, so that
 * one statement looks each of them up in an index. What is looked up is cross joined, for SQLite then begins with this.
 */
export function momentTable(db: Knex, moments: readonly DagMoment[]): Knex.Raw {
  return pairTable(db, moments, 'at', 'bigint');
}

/** Runs of one cluster by name, as a table of the columns `dag_id` and `run_id`, to be used as {@link momentTable} is. */
export function runNameTable(
  db: Knex,
  names: readonly (readonly [dagId: string, runId: string])[],
): Knex.Raw {
  return pairTable(db, names, 'run_id', 'text');
}

function pairTable(
  db: Knex,
  pairs: readonly (readonly [string, string | number])[],
  second: 'at' | 'run_id',
  type: 'bigint' | 'text',
): Knex.Raw {
  const sql = isPostgres(db)
    ? `(select item->>0 as dag_id, (item->>1)::${type} as ${second}
          from jsonb_array_elements(?::jsonb) as item) as wanted`
    : `(select json_extract(value, '$[0]') as dag_id, json_extract(value, '$[1]') as ${second}
          from json_each(?)) as wanted`;
  return db.raw(sql, [JSON.stringify(pairs)]);
}
