import {
  airflowAlertReadPermission,
  airflowClusterReadPermission,
  airflowDagReadPermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { ClusterRegistry, RegisteredCluster } from '../../clusters';
import {
  grants,
  narrow,
  type Grant,
  type GrantReader,
  type ResourceReader,
} from '../../permissions';
import type { DagName, ReadScope } from '../../store';
import { missingDag, unknownCluster } from './missing';
import { notAllowed } from './refusals';

/** The DAGs or alerts that a caller may see. */
export interface Scope extends ReadScope {
  /** Those clusters that the caller may see themselves; of others it is not told that they are there. */
  readonly seen: ReadScope['clusters'];
}

/** The clusters that a caller may see, with what may be counted in them. */
export interface ClusterScope {
  readonly clusters: readonly RegisteredCluster[];
  readonly counted: ReadScope;
}

/**
 * Decides what a caller may see and do; the gate asks it before anything else. What the caller may not see is answered like
 * what there is not.
 */
export class Access {
  constructor(
    private readonly permissions: PermissionsService,
    private readonly grantReader: GrantReader,
    private readonly resources: ResourceReader,
    private readonly registry: ClusterRegistry,
  ) {}

  /** @throws ProblemError `not-allowed` */
  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [{ result }] = await this.permissions.authorize([{ permission }], {
      credentials,
    });
    if (result !== AuthorizeResult.ALLOW) throw notAllowed(permission);
  }

  /** @throws ProblemError `not-allowed` */
  async clusters(credentials: BackstageCredentials): Promise<ClusterScope> {
    const given = await this.grantReader.read(
      [airflowClusterReadPermission, airflowDagReadPermission],
      credentials,
    );
    const clusters = this.seen(required(given, airflowClusterReadPermission));
    const counted = scopeOf(given(airflowDagReadPermission), clusters);
    return { clusters, counted };
  }

  /**
   * The DAGs whose files a caller may see: those that may be read, in clusters that may.
   *
   * @throws ProblemError `not-allowed`
   */
  async files(credentials: BackstageCredentials): Promise<Scope> {
    const given = await this.grantReader.read(
      [airflowClusterReadPermission, airflowDagReadPermission],
      credentials,
    );
    const seen = this.seen(required(given, airflowClusterReadPermission));
    const { clusters } = scopeOf(
      required(given, airflowDagReadPermission),
      seen,
    );
    return { clusters, seen: clusters };
  }

  /** @throws ProblemError `not-allowed`, or `unknown-cluster` naming those that the caller may see */
  async cluster(
    name: string,
    permission: ResourcePermission,
    credentials: BackstageCredentials,
  ): Promise<RegisteredCluster> {
    const given = await this.grantReader.read(
      [airflowClusterReadPermission, permission],
      credentials,
    );
    const seen = this.seen(required(given, airflowClusterReadPermission));
    const grant = required(given, permission);
    const cluster = seen.find(other => other.name === name);
    if (!cluster) throw unknownCluster(name, seen);
    if (!grants(grant, this.resources.cluster(name))) {
      throw notAllowed(permission, `on cluster ${name}`);
    }
    return cluster;
  }

  /**
   * The alerts that a caller may see, and among all those on which this may be done.
   *
   * @throws ProblemError `not-allowed`
   */
  async alertsFor(
    permission: ResourcePermission,
    credentials: BackstageCredentials,
  ): Promise<{ readable: ReadScope; allowed: ReadScope }> {
    const given = await this.grantReader.read(
      [airflowAlertReadPermission, permission],
      credentials,
    );
    const all = this.registry.list();
    return {
      readable: scopeOf(required(given, airflowAlertReadPermission), all),
      allowed: scopeOf(required(given, permission), all),
    };
  }

  /**
   * The cluster of a DAG, for what concerns that DAG.
   *
   * @throws ProblemError `not-allowed`, `unknown-cluster`, or `not-found` for a DAG that the caller may not see
   */
  async dag(
    { cluster: name, dagId }: DagName,
    permission: ResourcePermission,
    credentials: BackstageCredentials,
  ): Promise<RegisteredCluster> {
    const given = await this.grantReader.read(
      [airflowDagReadPermission, airflowClusterReadPermission, permission],
      credentials,
    );
    const read = required(given, airflowDagReadPermission);
    const act = required(given, permission);
    const seen = this.seen(given(airflowClusterReadPermission));
    const cluster = this.registry.get(name);
    if (!cluster) throw unknownCluster(name, seen);
    if (read === true && act === true) return cluster;

    const [facts] = await this.resources.dags([{ cluster: name, dagId }]);
    if (!grants(read, facts)) {
      throw seen.includes(cluster)
        ? missingDag(name, dagId)
        : unknownCluster(name, seen);
    }
    if (!grants(act, facts)) {
      throw notAllowed(permission, `for DAG ${dagId} on cluster ${name}`);
    }
    return cluster;
  }

  /** Whether a caller may see every DAG of a cluster, also those that were never read. */
  async seesAll(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const given = await this.grantReader.read(
      [airflowDagReadPermission],
      credentials,
    );
    const cluster = this.registry.get(name);
    const grant = given(airflowDagReadPermission);
    return cluster !== undefined && narrow(grant, cluster) === true;
  }

  /** Those of some DAGs of a cluster that a caller may see. */
  async visible(
    cluster: string,
    dagIds: Iterable<string>,
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    const ids = [...new Set(dagIds)];
    const given = await this.grantReader.read(
      [airflowDagReadPermission],
      credentials,
    );
    const grant = given(airflowDagReadPermission);
    if (grant === true) return new Set(ids);
    const facts = await this.resources.dags(
      ids.map(dagId => ({ cluster, dagId })),
    );
    return new Set(ids.filter((_, i) => grants(grant, facts[i])));
  }

  /**
   * The DAGs or alerts for which a caller has a permission.
   *
   * @throws ProblemError `not-allowed`
   */
  async scope(
    permission: ResourcePermission,
    credentials: BackstageCredentials,
  ): Promise<Scope> {
    const given = await this.grantReader.read(
      [permission, airflowClusterReadPermission],
      credentials,
    );
    const { clusters } = scopeOf(
      required(given, permission),
      this.registry.list(),
    );
    const seen = new Set(
      this.seen(given(airflowClusterReadPermission)).map(({ name }) => name),
    );
    return { clusters, seen: clusters.filter(({ name }) => seen.has(name)) };
  }

  private seen(grant: Grant): RegisteredCluster[] {
    return this.registry
      .list()
      .filter(({ name }) => grants(grant, this.resources.cluster(name)));
  }
}

/** What is refused whatever it is about is said at once. */
function required(
  given: (permission: ResourcePermission) => Grant,
  permission: ResourcePermission,
): Grant {
  const grant = given(permission);
  if (grant === false) throw notAllowed(permission);
  return grant;
}

function scopeOf(
  grant: Grant,
  clusters: readonly RegisteredCluster[],
): ReadScope {
  return {
    clusters: clusters.flatMap(({ name, environment }) => {
      const only = narrow(grant, { name, environment });
      if (only === false) return [];
      return { name, environment, ...(only !== true && { only }) };
    }),
  };
}
