import {
  collectionKinds,
  type Cluster,
  type Collection,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { AirflowError } from '../../airflow';
import { dags } from '../../airflow/areas/dags';
import { health } from '../../airflow/areas/health';
import {
  clusterStatus,
  knownComponents,
  type RegisteredCluster,
} from '../../clusters';
import type { CollectionScheduler } from '../../collectors';
import type {
  ClusterStore,
  ImportErrorStore,
  StoredCluster,
} from '../../store';
import type { Access, ClusterScope } from '../kit/Access';
import type { CoverageReader } from '../kit/coverage';
import type { Answer, Asked } from '../kit/asked';

/** What callers may read of clusters and ask of them. */
export class ClusterService {
  constructor(
    private readonly access: Access,
    private readonly stores: {
      clusters: ClusterStore;
      importErrors: ImportErrorStore;
    },
    private readonly scheduler: CollectionScheduler,
    private readonly coverage: CoverageReader,
  ) {}

  async list({
    scope,
  }: Asked<'listClusters'>): Promise<Answer<'listClusters'>> {
    return { items: await this.readAll(scope) };
  }

  async get({ cluster, credentials }: Asked<'getCluster'>): Promise<Cluster> {
    return this.readOne(cluster, credentials);
  }

  /** Connects now; what fails is the answer and not an error. */
  async test({
    cluster: { client },
  }: Asked<'testCluster'>): Promise<Answer<'testCluster'>> {
    const startedAt = Date.now();
    const took = () => Date.now() - startedAt;
    // Whoever tests the credentials means those that there are now.
    const call = { force: true };
    try {
      const { airflowVersion, apiVersion } = await client.info(call);
      await client.ask(health, area => area.components(), call);
      // Health is told to anybody; only a list shows that the credentials are good.
      await client.read(dags, area => area.list(), call).next();
      return {
        ok: true,
        airflowVersion,
        apiVersion,
        durationMs: took(),
        problem: null,
      };
    } catch (error) {
      if (!(error instanceof AirflowError)) throw error;
      return {
        ok: false,
        airflowVersion: null,
        apiVersion: null,
        durationMs: took(),
        problem: error.toProblem(),
      };
    }
  }

  async refresh({
    cluster,
    body: { kinds } = { kinds: [...collectionKinds] },
    credentials,
  }: Asked<'refreshCluster'>): Promise<Cluster> {
    await this.scheduler.refresh(cluster.name, kinds);
    return this.readOne(cluster, credentials);
  }

  async listImportErrors({
    query: { cluster, dagId, ...page },
    scope,
  }: Asked<'listImportErrors'>): Promise<Answer<'listImportErrors'>> {
    const stored = await this.stores.importErrors.list({
      scope,
      cluster,
      dagId,
      page,
    });
    const coverage = await this.coverage.read(scope, 'inventory', { cluster });
    return { ...stored, coverage };
  }

  private async readOne(
    cluster: RegisteredCluster,
    credentials: BackstageCredentials,
  ): Promise<Cluster> {
    const { counted } = await this.access.clusters(credentials);
    const isThis = ({ name }: { name: string }) => name === cluster.name;
    const [found] = await this.readAll({
      clusters: [cluster],
      counted: { clusters: counted.clusters.filter(isThis) },
    });
    return found;
  }

  private async readAll({ clusters, counted }: ClusterScope) {
    const stored = await this.stores.clusters.readAll({ clusters }, counted);
    const byName = new Map(stored.map(cluster => [cluster.name, cluster]));
    const whole = new Set(
      counted.clusters.flatMap(({ name, only }) => (only ? [] : [name])),
    );
    return clusters.flatMap(cluster => {
      const facts = byName.get(cluster.name);
      if (!facts) return [];
      const collections = whole.has(cluster.name)
        ? facts.collections
        : facts.collections.map(withoutRows);
      return [this.toCluster(cluster, { ...facts, collections })];
    });
  }

  private toCluster(cluster: RegisteredCluster, facts: StoredCluster): Cluster {
    const { info, components, clock, mayWrite, counts, collections } = facts;
    const stored = this.coverage.of(cluster.name, 'health', collections);
    return {
      name: cluster.name,
      title: cluster.title,
      environment: cluster.environment,
      owner: cluster.owner,
      tags: cluster.tags,
      readOnly: cluster.readOnly,
      webUrl: cluster.client.webUrl({}),
      airflowVersion: info?.airflowVersion ?? null,
      apiVersion: info?.apiVersion ?? null,
      capabilities: info?.capabilities ?? [],
      ...clusterStatus({ collections, components, clock, health: stored }),
      components: knownComponents(components, stored),
      clock,
      mayWrite,
      counts,
      collections,
    };
  }
}

/** For those who may not see every DAG of the cluster: what was read badly may be one of the others. */
function withoutRows({ skippedWhy, problem, ...rest }: Collection): Collection {
  if (!problem) return { ...rest, problem };
  const { attempted, ...shown } = problem;
  return { ...rest, problem: shown };
}
