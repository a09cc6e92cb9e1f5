import type {
  CollectionKind,
  Coverage,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { coverageOf } from '../clusters';
import type { CollectionStore, ReadScope } from '../store';

/** Says how far to trust the stored facts of one kind, cluster by cluster. */
export class CoverageReader {
  constructor(
    private readonly collections: CollectionStore,
    private readonly intervalsMs: Record<CollectionKind, number>,
  ) {}

  /** For the clusters of the scope that the list was narrowed to. */
  async read(
    scope: ReadScope,
    kind: CollectionKind,
    narrowed?: { cluster?: string[]; environment?: string[] },
  ): Promise<Coverage[]> {
    const clusters = scope.clusters.filter(
      ({ name, environment }) =>
        (narrowed?.cluster?.includes(name) ?? true) &&
        (!narrowed?.environment ||
          (environment !== null && narrowed.environment.includes(environment))),
    );
    const collections = await this.collections.list({ clusters });
    const now = new Date();
    return clusters.map(({ name }) =>
      coverageOf({
        cluster: name,
        kind,
        collections: collections.get(name) ?? [],
        intervalMs: this.intervalsMs[kind],
        now,
      }),
    );
  }
}
