import { isGlob } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';

/** Matches a column that is kept in lower case, whatever wildcards the text holds. */
export function containsText(
  query: Knex.QueryBuilder,
  column: string,
  text: string,
): void {
  const escaped = text.toLowerCase().replace(/[\\%_]/g, '\\$&');
  query.whereRaw(`?? like ? escape '\\'`, [column, `%${escaped}%`]);
}

/** The operators by which both engines match patterns as `matchesGlob` does, with regard to case. */
export function whereDagId(
  query: Knex.QueryBuilder,
  column: string,
  patterns: readonly string[],
): void {
  const isPostgres = query.client.driverName === 'pg';
  query.where(either => {
    either.whereIn(
      column,
      patterns.filter(pattern => !isGlob(pattern)),
    );
    for (const pattern of patterns.filter(isGlob)) {
      if (isPostgres) {
        either.orWhereRaw(`?? like ? escape '\\'`, [
          column,
          pattern
            .replace(/[\\%_]/g, '\\$&')
            .replace(/\*/g, '%')
            .replace(/\?/g, '_'),
        ]);
      } else {
        either.orWhereRaw('?? glob ?', [column, pattern.replace(/\[/g, '[[]')]);
      }
    }
  });
}

/** `none` stands for no value at all. */
export function whereOneOf(
  query: Knex.QueryBuilder,
  column: string,
  values: readonly string[],
): void {
  query.where(either => {
    either.whereIn(
      column,
      values.filter(value => value !== 'none'),
    );
    if (values.includes('none')) either.orWhereNull(column);
  });
}

export function whereNamed(
  query: Knex.QueryBuilder,
  table: 'airflow_dag_tags' | 'airflow_dag_owners',
  column: 'tag' | 'owner',
  names: readonly string[],
): void {
  query.whereIn(['airflow_dags.cluster', 'airflow_dags.dag_id'], named =>
    named
      .select('cluster', 'dag_id')
      .from(table)
      .whereIn(column, [...names]),
  );
}
