import type { searchEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { z } from 'zod';
import type { DagDocsStore } from '../../store';
import type { Access } from '../kit/Access';

type DocumentPage = z.output<typeof searchEndpoints.listDagDocuments.response>;
type DocumentQuery = z.output<typeof searchEndpoints.listDagDocuments.query>;

/** What the portal's search may index. */
export class SearchService {
  constructor(
    private readonly access: Access,
    private readonly dagDocs: DagDocsStore,
  ) {}

  async documents(
    page: DocumentQuery,
    credentials: BackstageCredentials,
  ): Promise<DocumentPage> {
    const scope = await this.access.dags(credentials);
    return this.dagDocs.documents({ scope, page });
  }
}
