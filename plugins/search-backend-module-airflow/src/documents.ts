import {
  airflowDagRefOf,
  type AirflowPaths,
  type AirflowSearchDocument,
  type Cluster,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { DagDocument } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { plainText } from './plainText';

/** What the index knows of a DAG: its id and name, and every word that its author wrote about it. */
export function dagDocument(
  dag: DagDocument,
  paths: AirflowPaths,
): AirflowSearchDocument {
  const { cluster, dagId, tags, owners, ownerRef, schedule } = dag;
  const state = dag.paused ? 'paused' : dag.lastRunState ?? 'never ran';
  const words = [
    dagId,
    dag.description,
    dag.docs && plainText(dag.docs),
    ...tags,
    ...owners,
    // The name is what people search for.
    ownerRef?.split('/').at(-1),
    schedule.description ?? schedule.expression,
    cluster,
  ];
  return {
    kind: 'dag',
    title: dag.displayName,
    text: [...new Set(words)].filter(Boolean).join('\n'),
    location: paths.dag(dag),
    cluster,
    dagId,
    description: dag.description ?? '',
    tags,
    owner: ownerRef ?? owners.at(0) ?? '',
    state,
    presence: dag.presence,
    authorization: {
      resourceRef: airflowDagRefOf(dag),
    },
  };
}

/** What the index knows of a cluster. */
export function clusterDocument(
  cluster: Cluster,
  paths: AirflowPaths,
): AirflowSearchDocument {
  const { name, title, environment, airflowVersion, tags } = cluster;
  const words = [name, environment, airflowVersion, ...tags];
  return {
    kind: 'cluster',
    title,
    text: ['Airflow cluster', ...words].filter(Boolean).join('\n'),
    location: paths.cluster(name),
    cluster: name,
    dagId: '',
    description: [environment, airflowVersion].filter(Boolean).join(' · '),
    tags,
    owner: cluster.owner ?? '',
    state: cluster.status,
    presence: '',
    authorization: { resourceRef: name },
  };
}
