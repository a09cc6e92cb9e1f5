import type { DagSelector } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { batches } from '../kit/batches';

/** A catalog entity says by its annotations that some DAGs are its own, and so its owner's. */
export interface OwnerClaim {
  entityRef: string;
  ownerRef: string;
  selector: DagSelector;
}

interface ClaimRow {
  entity_ref: string;
  owner_ref: string;
  selector: string;
}

const names = z.array(z.string());
const selectorSchema = z.object({
  clusters: names,
  dagIds: names,
  tags: names,
  owners: names,
});

/** What the catalog said last about whose DAGs are whose; kept, so that it outlasts a catalog that cannot be read. */
export class OwnerClaimStore {
  constructor(private readonly db: Knex) {}

  /** By entity ref. */
  async list(): Promise<OwnerClaim[]> {
    const rows = await readRows(this.db);
    return rows.map(row => ({
      entityRef: row.entity_ref,
      ownerRef: row.owner_ref,
      selector: selectorSchema.parse(JSON.parse(row.selector)),
    }));
  }

  /**
   * Puts what the catalog says now in place of what it said.
   *
   * @returns whether that changed anything
   */
  async replaceAll(claims: readonly OwnerClaim[]): Promise<boolean> {
    const wanted = claims
      .map(claim => ({
        entity_ref: claim.entityRef,
        owner_ref: claim.ownerRef,
        selector: JSON.stringify(selectorSchema.parse(claim.selector)),
      }))
      .sort((a, b) => (a.entity_ref < b.entity_ref ? -1 : 1));
    return this.db.transaction(async trx => {
      const stored = await readRows(trx);
      if (fingerprintOf(stored) === fingerprintOf(wanted)) return false;
      await trx('airflow_owner_claims').delete();
      for (const batch of batches(wanted)) {
        await trx('airflow_owner_claims').insert(batch);
      }
      return true;
    });
  }
}

async function readRows(db: Knex): Promise<ClaimRow[]> {
  return db('airflow_owner_claims')
    .select('entity_ref', 'owner_ref', 'selector')
    .orderBy('entity_ref');
}

function fingerprintOf(rows: readonly ClaimRow[]): string {
  return JSON.stringify(
    rows.map(row => [row.entity_ref, row.owner_ref, row.selector]),
  );
}
