import {
  isGlob,
  selects,
  type SelectableDag,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { OwnerClaim } from '../store';

/** Finds the claim that says most exactly that a DAG is meant; of two alike, the one of the first entity ref. */
export class ClaimIndex {
  private readonly byId = new Map<string, OwnerClaim[]>();
  private readonly byGlob: OwnerClaim[] = [];
  private readonly byLabel: OwnerClaim[] = [];

  constructor(claims: readonly OwnerClaim[]) {
    const inOrder = [...claims].sort((a, b) =>
      a.entityRef < b.entityRef ? -1 : 1,
    );
    for (const claim of inOrder) this.add(claim);
  }

  find(dag: SelectableDag): OwnerClaim | undefined {
    const means = ({ selector }: OwnerClaim) => selects(selector, dag);
    return (
      this.byId.get(dag.dagId)?.find(means) ??
      this.byGlob.find(means) ??
      this.byLabel.find(means)
    );
  }

  /** Who claims nothing but clusters looks at their DAGs and does not own them. */
  private add(claim: OwnerClaim): void {
    const { dagIds, tags, owners } = claim.selector;
    for (const dagId of dagIds.filter(pattern => !isGlob(pattern))) {
      this.byId.set(dagId, [...(this.byId.get(dagId) ?? []), claim]);
    }
    if (dagIds.some(isGlob)) this.byGlob.push(claim);
    const hasLabels = tags.length > 0 || owners.length > 0;
    if (dagIds.length === 0 && hasLabels) this.byLabel.push(claim);
  }
}
