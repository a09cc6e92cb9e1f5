import type { DagDocument } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { Knex } from 'knex';
import { whereAllowedDags } from '../kit/permissionSql';
import { toDag, type DagRow } from './dagRows';
import { fingerprint } from '../kit/cursor';
import { keysetPage } from '../kit/keyset';
import type { PageRequest, ReadScope } from '../kit/types';

type DocumentRow = DagRow & {
  doc_md: string | null;
  last_run_state: string | null;
};

/** What is found by; a search index keeps it in memory, for every DAG. */
const LONGEST_INDEXED = 20_000;

/** The docs of DAGs, which Airflow gives one DAG at a time. */
export class DagDocsStore {
  constructor(private readonly db: Knex) {}

  /** DAGs whose docs were never read, then those read longest ago and before a moment. */
  async due(
    cluster: string,
    options: { readBefore: Date; limit: number },
  ): Promise<string[]> {
    const rows: { dag_id: string }[] = await this.db('airflow_dags as d')
      .leftJoin('airflow_dag_docs as t', join =>
        join.on('t.cluster', 'd.cluster').andOn('t.dag_id', 'd.dag_id'),
      )
      .where('d.cluster', cluster)
      .whereNull('d.gone_at')
      .where(old =>
        old
          .whereNull('t.read_at')
          .orWhere('t.read_at', '<', options.readBefore.getTime()),
      )
      .orderByRaw('coalesce(t.read_at, 0), d.dag_id')
      .limit(options.limit)
      .select('d.dag_id');
    return rows.map(row => row.dag_id);
  }

  async save(
    cluster: string,
    dagId: string,
    docMd: string | null,
    readAt: Date,
  ): Promise<void> {
    await this.db('airflow_dag_docs')
      .insert({
        cluster,
        dag_id: dagId,
        doc_md: docMd,
        read_at: readAt.getTime(),
      })
      .onConflict(['cluster', 'dag_id'])
      .merge();
  }

  /** Every DAG that Airflow still lists, with its docs, by cluster and id. */
  async documents(query: {
    scope: ReadScope;
    page: PageRequest;
  }): Promise<{ items: DagDocument[]; nextCursor: string | null }> {
    const { scope, page } = query;
    const { rows, nextCursor } = await keysetPage<DocumentRow>({
      rows: () => {
        const dags = this.db('airflow_dags')
          .joinRaw('left join airflow_dag_docs using (cluster, dag_id)')
          .whereNull('gone_at')
          .select('airflow_dags.*', {
            doc_md: this.db.raw('substr(doc_md, 1, ?)', [LONGEST_INDEXED]),
          });
        whereAllowedDags(dags, scope.clusters);
        return dags;
      },
      sort: {
        column: 'cluster',
        nullable: false,
        ties: ['dag_id'],
        direction: 'asc',
      },
      page,
      question: fingerprint({ list: 'dag-documents' }),
    });
    return { items: rows.map(toDocument), nextCursor };
  }
}

function toDocument(row: DocumentRow): DagDocument {
  const dag = toDag(row);
  return {
    cluster: dag.cluster,
    dagId: dag.dagId,
    displayName: dag.displayName,
    description: dag.description,
    docs: row.doc_md,
    tags: dag.tags,
    owners: dag.owners,
    ownerRef: dag.owner?.ref ?? null,
    schedule: dag.schedule,
    paused: dag.paused,
    presence: dag.presence.state,
    lastRunState: row.last_run_state,
  };
}
