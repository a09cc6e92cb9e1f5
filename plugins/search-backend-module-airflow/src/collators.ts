import { Readable } from 'node:stream';
import {
  airflowClusterReadPermission,
  airflowDagReadPermission,
  AIRFLOW_CLUSTER_SEARCH_TYPE,
  AIRFLOW_DAG_SEARCH_TYPE,
  type AirflowPaths,
  type AirflowSearchDocument,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  airflowEndpoints,
  type DagDocument,
} from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { AirflowBackendClient } from '@airflow-fleet/backstage-plugin-airflow-node';
import type { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import { clusterDocument, dagDocument } from './documents';

const PAGE = 250;

/** Reads every cluster from the Airflow backend. The search shows each to those who may read it. */
export function clusterCollator(
  airflow: AirflowBackendClient,
  paths: AirflowPaths,
): DocumentCollatorFactory {
  return {
    type: AIRFLOW_CLUSTER_SEARCH_TYPE,
    visibilityPermission: airflowClusterReadPermission,
    getCollator: async () => Readable.from(clusters(airflow, paths)),
  };
}

/** Reads every DAG from the Airflow backend, page by page. The search shows each to those who may read it. */
export function dagCollator(
  airflow: AirflowBackendClient,
  paths: AirflowPaths,
): DocumentCollatorFactory {
  return {
    type: AIRFLOW_DAG_SEARCH_TYPE,
    visibilityPermission: airflowDagReadPermission,
    getCollator: async () => Readable.from(dags(airflow, paths)),
  };
}

async function* clusters(
  airflow: AirflowBackendClient,
  paths: AirflowPaths,
): AsyncGenerator<AirflowSearchDocument> {
  const { items } = await airflow.get(airflowEndpoints.listClusters);
  for (const cluster of items) yield clusterDocument(cluster, paths);
}

async function* dags(
  airflow: AirflowBackendClient,
  paths: AirflowPaths,
): AsyncGenerator<AirflowSearchDocument> {
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { items: DagDocument[]; nextCursor: string | null } =
      await airflow.get(airflowEndpoints.listDagDocuments, {
        limit: String(PAGE),
        ...(cursor && { cursor }),
      });
    for (const dag of page.items) yield dagDocument(dag, paths);
    cursor = page.nextCursor;
  }
}
