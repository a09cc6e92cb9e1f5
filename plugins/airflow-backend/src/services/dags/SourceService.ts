import type { DagSource } from '@airflow-fleet/backstage-plugin-airflow-common';
import { sources } from '../../airflow/areas/sources';
import type { Answer, Asked } from '../kit/asked';
import type { LiveCache } from '../kit/LiveCache';
import { SETTLED_MS } from '../kit/LiveKind';
import { missingDag, missingVersion } from '../kit/missing';
import { orMissing } from '../kit/MissingPart';

/** What callers may read of the code of DAGs, live. */
export class SourceService {
  constructor(private readonly live: LiveCache) {}

  async get({
    cluster: { name, client },
    params: { dagId },
    query: { version },
  }: Asked<'getDagSource'>): Promise<DagSource> {
    return orMissing(
      this.live.code.get([name, dagId, String(version)], async () => ({
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
      this.live.versions.get([name, dagId], async () => ({
        value: await client.ask(sources, area => area.versions(dagId)),
        keepMs: SETTLED_MS,
      })),
      () => missingDag(name, dagId),
    );
    return { items };
  }
}
