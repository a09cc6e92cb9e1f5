import type { Knex } from 'knex';
import { isDeepStrictEqual } from 'node:util';
import { batches } from '../kit/batches';

/** The owners that the catalog said last it does not have; kept, so that it outlasts a catalog that cannot be read. */
export class MissingOwnerStore {
  constructor(private readonly db: Knex) {}

  /** Entity refs, sorted. */
  async list(): Promise<string[]> {
    return readRefs(this.db);
  }

  /**
   * Puts what the catalog says now in place of what it said.
   *
   * @returns whether that changed anything
   */
  async replaceAll(refs: readonly string[]): Promise<boolean> {
    const wanted = [...new Set(refs)].sort();
    return this.db.transaction(async trx => {
      if (isDeepStrictEqual(await readRefs(trx), wanted)) return false;
      await trx('airflow_missing_owners').delete();
      for (const batch of batches(wanted)) {
        await trx('airflow_missing_owners').insert(
          batch.map(ref => ({ owner_ref: ref })),
        );
      }
      return true;
    });
  }
}

async function readRefs(db: Knex): Promise<string[]> {
  const refs: string[] = await db('airflow_missing_owners').pluck('owner_ref');
  return refs.sort();
}
