import type { Ownership } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { isDeepStrictEqual } from 'node:util';
import { batches } from '../kit/batches';
import { parseNames, toOwnership, type OwnershipRow } from '../dags/dagRows';

/** What of a DAG tells who owns it. */
export interface OwnedDag {
  cluster: string;
  dagId: string;
  tags: string[];
  owners: string[];
  /** Who was set in the portal, and by whom. */
  setting: { ref: string; by: string } | null;
}

/** Finds out who owns a DAG. */
export type DecideOwner = (dag: OwnedDag) => Ownership | null;

type OwnedRow = OwnershipRow & {
  cluster: string;
  dag_id: string;
  tags: string;
  owners: string;
  set_ref: string | null;
  set_by: string | null;
};

interface Decided {
  dagId: string;
  owner: Ownership | null;
}

const PAGE_ROWS = 500;

/** Who owns each DAG, as it was found out last. */
export class DagOwnerStore {
  constructor(private readonly db: Knex) {}

  /** Decides anew for every DAG of a cluster. @returns for how many the answer changed */
  async revise(cluster: string, decide: DecideOwner): Promise<number> {
    let changed = 0;
    let after: string | undefined;
    do {
      const rows = await ownedDags(this.db, cluster)
        .where('d.dag_id', '>', after ?? '')
        .limit(PAGE_ROWS);
      changed += await this.write(cluster, changesIn(rows, decide), decide);
      after = rows.length < PAGE_ROWS ? undefined : rows.at(-1)?.dag_id;
    } while (after !== undefined);
    return changed;
  }

  /** Decides anew for one DAG. */
  async reviseOne(
    cluster: string,
    dagId: string,
    decide: DecideOwner,
  ): Promise<void> {
    const rows = await ownedDags(this.db, cluster).where('d.dag_id', dagId);
    await this.write(cluster, changesIn(rows, decide), decide);
  }

  /** What may name owners: every tag of a DAG that is read as one, and everybody who was set in the portal. */
  async named(): Promise<{ tags: string[]; settings: string[] }> {
    return {
      tags: await this.db('airflow_dag_tags')
        .distinct()
        .where('tag', 'like', 'team:%')
        .pluck('tag'),
      settings: await this.db('airflow_dag_owner_settings')
        .distinct()
        .pluck('owner_ref'),
    };
  }

  /** Decides again once the rows are locked, lest an older answer is put over what somebody just set. */
  private async write(
    cluster: string,
    changes: readonly Decided[],
    decide: DecideOwner,
  ): Promise<number> {
    let written = 0;
    for (const batch of batches(changes)) {
      const dagIds = batch.map(({ dagId }) => dagId);
      written += await this.db.transaction(async trx => {
        // In the order in which other writers lock rows too.
        await trx('airflow_dags')
          .select('dag_id')
          .where({ cluster })
          .whereIn('dag_id', dagIds)
          .orderBy('dag_id')
          .forUpdate();
        const rows = await ownedDags(trx, cluster).whereIn('d.dag_id', dagIds);
        const settled = changesIn(rows, decide);
        if (settled.length > 0) await saveOwners(trx, cluster, settled);
        return settled.length;
      });
    }
    return written;
  }
}

function ownedDags(
  db: Knex,
  cluster: string,
): Knex.QueryBuilder<object, OwnedRow[]> {
  return db('airflow_dags as d')
    .leftJoin('airflow_dag_owner_settings as s', join =>
      join.on('s.cluster', 'd.cluster').andOn('s.dag_id', 'd.dag_id'),
    )
    .where('d.cluster', cluster)
    .orderBy('d.dag_id')
    .select(
      'd.cluster',
      'd.dag_id',
      'd.tags',
      'd.owners',
      'd.owner_ref',
      'd.owner_source',
      'd.owner_by',
      'd.owners_missing',
      { set_ref: 's.owner_ref' },
      's.set_by',
    );
}

function changesIn(rows: readonly OwnedRow[], decide: DecideOwner): Decided[] {
  return rows.flatMap(row => {
    const owner = decide({
      cluster: row.cluster,
      dagId: row.dag_id,
      tags: parseNames(row.tags),
      owners: parseNames(row.owners),
      setting:
        row.set_ref === null
          ? null
          : { ref: row.set_ref, by: row.set_by ?? '' },
    });
    return isDeepStrictEqual(owner, toOwnership(row))
      ? []
      : { dagId: row.dag_id, owner };
  });
}

async function saveOwners(
  trx: Knex.Transaction,
  cluster: string,
  decided: readonly Decided[],
): Promise<void> {
  const values = decided.map(() => '(?, ?, ?, ?, ?)').join(', ');
  const bindings = decided.flatMap(({ dagId, owner }) => [
    dagId,
    owner?.ref ?? null,
    owner?.source ?? null,
    owner?.by ?? null,
    owner?.notInCatalog ? JSON.stringify(owner.notInCatalog) : null,
  ]);
  await trx.raw(
    `with decided (dag_id, owner_ref, owner_source, owner_by, owners_missing) as (values ${values})
    update airflow_dags set
      owner_ref = decided.owner_ref,
      owner_source = decided.owner_source,
      owner_by = decided.owner_by,
      owners_missing = decided.owners_missing
    from decided
    where airflow_dags.cluster = ? and airflow_dags.dag_id = decided.dag_id`,
    [...bindings, cluster],
  );
}
