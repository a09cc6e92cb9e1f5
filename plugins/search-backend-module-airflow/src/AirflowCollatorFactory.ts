import { Readable } from 'node:stream';
import {
  airflowEndpoints,
  AIRFLOW_SEARCH_TYPE,
  airflowViewPermission,
  type AirflowSearchDocument,
  type Endpoint,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import type { z } from 'zod';
import { clusterDocument, dagDocument } from './documents';

const PAGE = 250;

/** Reads every DAG and cluster from the Airflow backend, page by page. */
export class AirflowCollatorFactory implements DocumentCollatorFactory {
  readonly type = AIRFLOW_SEARCH_TYPE;
  readonly visibilityPermission = airflowViewPermission;

  constructor(
    private readonly services: {
      auth: AuthService;
      discovery: DiscoveryService;
    },
  ) {}

  async getCollator(): Promise<Readable> {
    return Readable.from(this.documents());
  }

  private async *documents(): AsyncGenerator<AirflowSearchDocument> {
    const { items: clusters } = await this.ask(airflowEndpoints.listClusters);
    for (const cluster of clusters) yield clusterDocument(cluster);

    let cursor: string | undefined;
    do {
      const page = await this.ask(airflowEndpoints.listDagDocuments, cursor);
      for (const dag of page.items) yield dagDocument(dag);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  private async ask<R extends z.ZodType>(
    endpoint: Pick<Endpoint, 'path'> & { response: R },
    cursor?: string,
  ): Promise<z.output<R>> {
    const { auth, discovery } = this.services;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'airflow',
    });
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (cursor !== undefined) query.set('cursor', cursor);
    const answer = await fetch(
      `${await discovery.getBaseUrl('airflow')}${endpoint.path}?${query}`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    if (!answer.ok) throw await ResponseError.fromResponse(answer);
    return endpoint.response.parse(await answer.json());
  }
}
