import type {
  DagOwnerStore,
  DecideOwner,
  OwnerClaim,
  OwnerClaimStore,
} from '../store';
import { ClaimIndex } from './ClaimIndex';
import { resolveOwner } from './resolveOwner';

/** A cluster, as far as it tells who owns its DAGs. */
export interface OwnedCluster {
  name: string;
  /** Entity ref. */
  owner: string | null;
}

/** Keeps the owners that are stored of DAGs in step with everything that tells them. */
export class OwnershipKeeper {
  constructor(
    private readonly stores: {
      dagOwners: DagOwnerStore;
      ownerClaims: OwnerClaimStore;
    },
    private readonly airflowOwners: ReadonlyMap<string, string>,
  ) {}

  /** Finds out anew who owns each DAG of a cluster; writes only what changes. */
  async resolve(cluster: OwnedCluster): Promise<void> {
    await this.stores.dagOwners.revise(
      cluster.name,
      await this.decideFor(cluster),
    );
  }

  /** As {@link OwnershipKeeper.resolve}, for one DAG. */
  async resolveOne(cluster: OwnedCluster, dagId: string): Promise<void> {
    await this.stores.dagOwners.reviseOne(
      cluster.name,
      dagId,
      await this.decideFor(cluster),
    );
  }

  /** Takes over what the catalog says now, and where it says something new, what follows for these clusters. */
  async takeClaims(
    claims: readonly OwnerClaim[],
    clusters: readonly OwnedCluster[],
  ): Promise<void> {
    const isNew = await this.stores.ownerClaims.replaceAll(claims);
    if (!isNew) return;
    for (const cluster of clusters) await this.resolve(cluster);
  }

  private async decideFor(cluster: OwnedCluster): Promise<DecideOwner> {
    const claims = new ClaimIndex(await this.stores.ownerClaims.list());
    return dag =>
      resolveOwner(dag, {
        setting: dag.setting,
        claims,
        airflowOwners: this.airflowOwners,
        clusterOwner: cluster.owner,
      });
  }
}
