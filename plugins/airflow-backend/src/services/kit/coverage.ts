import {
  collectionKinds,
  type Collection,
  type CollectionKind,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Coverage } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { coverageOf } from '../../clusters';
import type { CollectionStore } from '../../store';
import type { Scope } from './Access';

/** To which clusters a list was narrowed. */
interface Narrowed {
  cluster?: string[];
  environment?: string[];
}

/** Says how far to trust the stored facts of one kind, cluster by cluster. */
export class CoverageReader {
  constructor(
    private readonly collections: CollectionStore,
    private readonly intervalsMs: Record<CollectionKind, number>,
  ) {}

  /** Of what was read of one cluster. */
  of(
    cluster: string,
    kind: CollectionKind,
    collections: readonly Collection[],
  ): Coverage {
    const intervalMs = this.intervalsMs[kind];
    return coverageOf({
      cluster,
      kind,
      collections,
      intervalMs,
      now: new Date(),
    });
  }

  /** For the clusters of the scope that the list was narrowed to, of which the caller may know. */
  async read(
    scope: Scope,
    kind: CollectionKind,
    narrowed?: Narrowed,
  ): Promise<Coverage[]> {
    const { clusters, coverageFor } = await this.reader(scope, narrowed);
    return clusters.map(({ name }) => coverageFor(name, kind));
  }

  /** As {@link CoverageReader.read}, of what rests on every kind of fact: the least that can be trusted of each. */
  async readWorst(scope: Scope, narrowed?: Narrowed): Promise<Coverage[]> {
    const { clusters, coverageFor } = await this.reader(scope, narrowed);
    return clusters.map(({ name }) => {
      const all = collectionKinds.map(kind => coverageFor(name, kind));
      const readAts = all.flatMap(({ readAt }) => readAt ?? []).sort();
      return {
        cluster: name,
        readAt: readAts.length === all.length ? readAts[0] : null,
        stale: all.some(({ stale }) => stale),
      };
    });
  }

  private async reader(scope: Scope, narrowed?: Narrowed) {
    const clusters = scope.seen.filter(
      ({ name, environment }) =>
        (narrowed?.cluster?.includes(name) ?? true) &&
        (!narrowed?.environment ||
          (environment !== null && narrowed.environment.includes(environment))),
    );
    const collections = await this.collections.list({ clusters });
    const now = new Date();
    const coverageFor = (name: string, kind: CollectionKind) =>
      coverageOf({
        cluster: name,
        kind,
        collections: collections.get(name) ?? [],
        intervalMs: this.intervalsMs[kind],
        now,
      });
    return { clusters, coverageFor };
  }
}
