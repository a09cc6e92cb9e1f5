import { Readable } from 'node:stream';
import {
  airflowEndpoints,
  AIRFLOW_SEARCH_TYPE,
  airflowViewPermission,
  type AirflowSearchDocument,
  type DagDocument,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { AirflowBackendClient } from '@airflow-fleet/backstage-plugin-airflow-node';
import type { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import { clusterDocument, dagDocument } from './documents';

const PAGE = 250;

/** Reads every DAG and cluster from the Airflow backend, page by page. */
export class AirflowCollatorFactory implements DocumentCollatorFactory {
  readonly type = AIRFLOW_SEARCH_TYPE;
  readonly visibilityPermission = airflowViewPermission;

  constructor(private readonly airflow: AirflowBackendClient) {}

  async getCollator(): Promise<Readable> {
    return Readable.from(this.documents());
  }

  private async *documents(): AsyncGenerator<AirflowSearchDocument> {
    const clusters = await this.airflow.get(airflowEndpoints.listClusters);
    for (const cluster of clusters.items) yield clusterDocument(cluster);

    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: DagDocument[]; nextCursor: string | null } =
        await this.airflow.get(airflowEndpoints.listDagDocuments, {
          limit: String(PAGE),
          ...(cursor && { cursor }),
        });
      for (const dag of page.items) yield dagDocument(dag);
      cursor = page.nextCursor;
    }
  }
}
