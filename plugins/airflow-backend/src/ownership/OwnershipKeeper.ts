import type {
  DagOwnerStore,
  DecideOwner,
  MissingOwnerStore,
  OwnerClaim,
  OwnerClaimStore,
} from '../store';
import { ClaimIndex } from './ClaimIndex';
import { resolveOwner, teamOf } from './resolveOwner';

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
      missingOwners: MissingOwnerStore;
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

  /** Entity refs of everybody who is named as owner of anything, by these claims or otherwise. */
  async namedOwners(
    claims: readonly OwnerClaim[],
    clusters: readonly OwnedCluster[],
  ): Promise<string[]> {
    const { tags, settings } = await this.stores.dagOwners.named();
    const refs = [
      ...settings,
      ...claims.map(({ ownerRef }) => ownerRef),
      ...tags.flatMap(tag => teamOf(tag) ?? []),
      ...this.airflowOwners.values(),
      ...clusters.flatMap(({ owner }) => owner?.toLowerCase() ?? []),
    ];
    return [...new Set(refs)].sort();
  }

  /**
   * Takes over what the catalog says now, and where it says something new, what follows for these clusters.
   *
   * @param says - what is left out holds as it was said last
   */
  async takeOver(
    says: { claims: readonly OwnerClaim[]; missing?: readonly string[] },
    clusters: readonly OwnedCluster[],
  ): Promise<void> {
    const { ownerClaims, missingOwners } = this.stores;
    const { claims, missing } = says;
    const hasNewClaims = await ownerClaims.replaceAll(claims);
    const hasNewMissing =
      missing !== undefined && (await missingOwners.replaceAll(missing));
    if (!hasNewClaims && !hasNewMissing) return;
    for (const cluster of clusters) await this.resolve(cluster);
  }

  private async decideFor(cluster: OwnedCluster): Promise<DecideOwner> {
    const claims = new ClaimIndex(await this.stores.ownerClaims.list());
    const missing = new Set(await this.stores.missingOwners.list());
    return dag =>
      resolveOwner(dag, {
        setting: dag.setting,
        claims,
        airflowOwners: this.airflowOwners,
        clusterOwner: cluster.owner,
        missing,
      });
  }
}
