import type {
  Alert,
  AlertSubject,
  Collection,
  CollectionKind,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { CollectionStore } from '../../store';
import type { CoverageReader } from './coverage';

/** Says of open alerts since when nobody knows how they are. */
export class Blindness {
  constructor(
    private readonly collections: CollectionStore,
    private readonly coverage: CoverageReader,
  ) {}

  async mark<T extends Alert>(alerts: readonly T[]): Promise<T[]> {
    const names = [...new Set(alerts.map(({ subject }) => subject.cluster))];
    const collections = await this.collections.list({
      clusters: names.map(name => ({ name, environment: null })),
    });
    return alerts.map(alert => ({
      ...alert,
      blindSince: this.since(
        alert,
        collections.get(alert.subject.cluster) ?? [],
      ),
    }));
  }

  private since(
    { status, subject, factsReadAt, since }: Alert,
    collections: readonly Collection[],
  ): string | undefined {
    const kind = kindOf(subject);
    if (kind === null || status === 'resolved') return undefined;
    const { readAt, stale } = this.coverage.of(
      subject.cluster,
      kind,
      collections,
    );
    return stale ? readAt ?? factsReadAt ?? since : undefined;
  }
}

/** On which kind of fact an alert rests; one about a cluster as a whole says itself what cannot be read. */
function kindOf({ kind }: AlertSubject): CollectionKind | null {
  switch (kind) {
    case 'cluster':
      return null;
    case 'component':
      return 'health';
    case 'dag-file':
      return 'inventory';
    default:
      return 'runs';
  }
}
