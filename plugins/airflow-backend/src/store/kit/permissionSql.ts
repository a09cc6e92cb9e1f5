import type { AirflowCondition } from '@airflow-fleet/backstage-plugin-airflow-node';
import type { Knex } from 'knex';
import { whereDagId, whereNamed } from './matching';
import type { Criteria, ReadScope } from './types';

type Clusters = ReadScope['clusters'];
/** Puts one condition to a query; true or false for every row and never null, so that it can be negated. */
type PutCondition = (
  query: Knex.QueryBuilder,
  condition: AirflowCondition,
) => void;

/** Narrows a query on `airflow_dags` to the DAGs that the scope allows. */
export function whereAllowedDags(
  query: Knex.QueryBuilder,
  clusters: Clusters,
): void {
  whereAllowed(query, 'airflow_dags.cluster', clusters, (dags, only) =>
    whereCriteria(dags, only, putDagCondition),
  );
}

/** Narrows a query on rows that belong to DAGs, such as runs, to those of the DAGs that the scope allows. */
export function whereOfAllowedDags(
  query: Knex.QueryBuilder,
  clusters: Clusters,
): void {
  whereAllowed(query, 'cluster', clusters, (rows, only, names) =>
    rows.whereIn(['cluster', 'dag_id'], dags => {
      dags
        .select('airflow_dags.cluster', 'airflow_dags.dag_id')
        .from('airflow_dags')
        .whereIn('airflow_dags.cluster', names);
      whereCriteria(dags, only, putDagCondition);
    }),
  );
}

/** Narrows a query on `airflow_import_errors` to files of which the scope allows a DAG, or all DAGs there are. */
export function whereAllowedFiles(
  query: Knex.QueryBuilder,
  clusters: Clusters,
): void {
  whereAllowed(
    query,
    'airflow_import_errors.cluster',
    clusters,
    (files, only) =>
      whereFileOf(files, dags => whereCriteria(dags, only, putDagCondition)),
  );
}

/** Narrows a query on `airflow_import_errors` to files of any of some DAGs. */
export function whereFileOf(
  files: Knex.QueryBuilder,
  narrow: (dags: Knex.QueryBuilder) => void,
): void {
  files.whereExists(dags => {
    dags
      .select(dags.client.raw('1'))
      .from('airflow_dags')
      .whereRaw('airflow_dags.cluster = airflow_import_errors.cluster')
      // As isOfFile says it; replace() is how both databases find a text within another, case and all.
      .whereRaw(
        `(
          replace('/' || airflow_dags.file_location || '/', '/' || airflow_import_errors.filename || '/', '')
            <> '/' || airflow_dags.file_location || '/'
          or '/' || airflow_dags.file_location = substr(
            '/' || airflow_import_errors.filename,
            length(airflow_import_errors.filename) - length(airflow_dags.file_location) + 1
          )
        )`,
      );
    narrow(dags);
  });
}

/** Narrows a query on `airflow_alerts` to the alerts that the scope allows. */
export function whereAllowedAlerts(
  query: Knex.QueryBuilder,
  clusters: Clusters,
): void {
  whereAllowed(query, 'airflow_alerts.cluster', clusters, (alerts, only) =>
    whereCriteria(alerts, only, putAlertCondition),
  );
}

/** All rows of clusters with no criteria, and of the others those that meet them. */
function whereAllowed(
  query: Knex.QueryBuilder,
  column: string,
  clusters: Clusters,
  put: (query: Knex.QueryBuilder, only: Criteria, names: string[]) => void,
): void {
  const whole = clusters.filter(({ only }) => !only).map(({ name }) => name);
  const partly = new Map<string, { only: Criteria; names: string[] }>();
  for (const { name, only } of clusters) {
    if (!only) continue;
    const key = JSON.stringify(only);
    const group = partly.get(key) ?? { only, names: [] };
    partly.set(key, { only, names: [...group.names, name] });
  }
  query.where(any => {
    any.whereIn(column, whole);
    for (const { only, names } of partly.values()) {
      any.orWhere(part => {
        part.whereIn(column, names);
        part.where(met => put(met, only, names));
      });
    }
  });
}

function whereCriteria(
  query: Knex.QueryBuilder,
  criteria: Criteria,
  put: PutCondition,
): void {
  if ('allOf' in criteria) {
    for (const part of criteria.allOf) {
      query.where(met => whereCriteria(met, part, put));
    }
  } else if ('anyOf' in criteria) {
    query.where(any => {
      for (const part of criteria.anyOf) {
        any.orWhere(met => whereCriteria(met, part, put));
      }
    });
  } else if ('not' in criteria) {
    query.whereNot(met => whereCriteria(met, criteria.not, put));
  } else {
    put(query, criteria);
  }
}

function putDagCondition(
  query: Knex.QueryBuilder,
  { field, values }: AirflowCondition,
): void {
  switch (field) {
    case 'owner':
      whereKnown(query, 'airflow_dags.owner_ref', values);
      break;
    case 'tag':
      whereNamed(query, 'airflow_dag_tags', 'tag', values);
      break;
    case 'dagId':
      whereDagId(query, 'airflow_dags.dag_id', values);
      break;
    default:
      whereNever(query);
  }
}

function putAlertCondition(
  query: Knex.QueryBuilder,
  { field, values }: AirflowCondition,
): void {
  switch (field) {
    case 'owner':
      whereKnown(query, 'airflow_alerts.owner_ref', values);
      break;
    case 'tag':
      query.whereExists(tags =>
        tags
          .select(tags.client.raw('1'))
          .from('airflow_dag_tags')
          .whereRaw('airflow_dag_tags.cluster = airflow_alerts.cluster')
          .whereRaw('airflow_dag_tags.dag_id = airflow_alerts.dag_id')
          .whereIn('airflow_dag_tags.tag', [...values]),
      );
      break;
    case 'dagId':
      query.whereNotNull('airflow_alerts.dag_id');
      whereDagId(query, 'airflow_alerts.dag_id', values);
      break;
    case 'ruleType':
      whereKnown(query, 'airflow_alerts.rule_type', values);
      break;
    default:
      whereNever(query);
  }
}

function whereKnown(
  query: Knex.QueryBuilder,
  column: string,
  values: readonly string[],
): void {
  query.whereNotNull(column).whereIn(column, [...values]);
}

/** Which cluster a row is of is asked before the query is made; of a DAG there is no rule. */
function whereNever(query: Knex.QueryBuilder): void {
  query.whereRaw('1 = 0');
}
