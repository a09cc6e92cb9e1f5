import type { Knex } from 'knex';

/** A DAG of one cluster with a moment to look for among what is stored of it. */
export type DagMoment = readonly [dagId: string, at: number];

/**
 * DAGs with a moment each as a table of the columns `dag_id` and `at`, in one binding however many they are, so that
 * one statement looks each of them up in an index. What is looked up is cross joined, for SQLite then begins with this.
 */
export function momentTable(db: Knex, moments: readonly DagMoment[]): Knex.Raw {
  const sql =
    db.client.driverName === 'pg'
      ? `(select item->>0 as dag_id, (item->>1)::bigint as at
          from jsonb_array_elements(?::jsonb) as item) as wanted`
      : `(select json_extract(value, '$[0]') as dag_id, json_extract(value, '$[1]') as at
          from json_each(?)) as wanted`;
  return db.raw(sql, [JSON.stringify(moments)]);
}
