import type { CollectionKind } from '@airflow-fleet/backstage-plugin-airflow-common';

/** Reads every cluster again and again, each on its own. */
export class CollectionScheduler {
  /**
   * Reads a cluster now and returns when it is read; what went wrong is recorded with the collections, not thrown.
   * Those who ask while it is being read share one reading.
   *
   * @throws NotFoundError when there is no such cluster
   */
  async refresh(
    cluster: string,
    kinds: readonly CollectionKind[],
  ): Promise<void> {
    throw new Error(`${this} ${cluster} ${kinds}`);
  }
}
