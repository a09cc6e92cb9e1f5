import type {
  DagSource,
  DagVersion,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { sources } from '../../airflow/areas/sources';
import type { Answer, Asked } from '../kit/asked';
import { LiveCache, SETTLED_MS } from '../kit/LiveCache';
import { missingDag, missingVersion } from '../kit/missing';
import { orMissing } from '../kit/MissingPart';

const KEPT_CHARACTERS = 50_000_000;
const KEPT_VERSIONS = 100_000;

/** What callers may read of the code of DAGs, live. */
export class SourceService {
  private readonly code = new LiveCache<DagSource>({
    maxSize: KEPT_CHARACTERS,
    sizeOf: ({ code }) => code.length + 1,
  });
  private readonly numbers = new LiveCache<DagVersion[]>({
    maxSize: KEPT_VERSIONS,
    sizeOf: versions => versions.length + 1,
  });

  async get({
    cluster: { name, client },
    params: { dagId },
    query: { version },
  }: Asked<'getDagSource'>): Promise<DagSource> {
    return orMissing(
      this.code.get([name, dagId, String(version)], async () => ({
        value: await client.ask(sources, area => area.of(dagId, version)),
        keepMs: SETTLED_MS,
      })),
      () =>
        version === undefined
          ? missingDag(name, dagId)
          : missingVersion(name, dagId, version),
    );
  }

  async listVersions({
    cluster: { name, client },
    params: { dagId },
  }: Asked<'listDagVersions'>): Promise<Answer<'listDagVersions'>> {
    const items = await orMissing(
      this.numbers.get([name, dagId], async () => ({
        value: await client.ask(sources, area => area.versions(dagId)),
        keepMs: SETTLED_MS,
      })),
      () => missingDag(name, dagId),
    );
    return { items };
  }
}
