import type { DagDocsStore } from '../../store';
import type { Answer, Asked } from '../kit/asked';

/** What the portal's search may index. */
export class SearchService {
  constructor(private readonly dagDocs: DagDocsStore) {}

  async documents({
    query: page,
    scope,
  }: Asked<'listDagDocuments'>): Promise<Answer<'listDagDocuments'>> {
    return this.dagDocs.documents({ scope, page });
  }
}
