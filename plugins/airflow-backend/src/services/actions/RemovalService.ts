import type { Presence } from '@airflow-fleet/backstage-plugin-airflow-common';
import { removal } from '../../airflow/areas/removal';
import type { DagStore, RunStore } from '../../store';
import type { Answer, Asked } from '../kit/asked';
import { goneDag, missingDag } from '../kit/missing';
import { orMissing, type MissingPart } from '../kit/MissingPart';
import { ProblemError } from '../kit/ProblemError';

/** How callers delete runs and DAGs in Airflow, and have files parsed again. */
export class RemovalService {
  constructor(
    private readonly stores: { dags: DagStore; runs: RunStore },
    private readonly missing: MissingPart,
  ) {}

  async deleteRun({
    cluster,
    params: { dagId, runId },
  }: Asked<'deleteRun'>): Promise<Answer<'deleteRun'>> {
    await orMissing(
      cluster.client.ask(removal, area => area.deleteRun({ dagId, runId })),
      () => this.missing.ofRun(cluster, dagId, runId),
    );
    await this.stores.runs.remove(cluster.name, { dagId, runId });
    return {};
  }

  /** What the portal has stored of the DAG stays, and it is marked as deleted until Airflow lists it again. */
  async deleteDag({
    cluster: { name, client },
    params: { dagId },
    body: { confirm },
  }: Asked<'deleteDag'>): Promise<Answer<'deleteDag'>> {
    if (confirm !== dagId) throw notConfirmed(dagId);
    await orMissing(
      client.ask(removal, area => area.deleteDag(dagId)),
      async () => {
        if (!(await this.stores.dags.get(name, dagId))) {
          return missingDag(name, dagId);
        }
        await this.markDeleted(
          name,
          dagId,
          'it is no longer in Airflow’s database',
        );
        return goneDag(name, dagId);
      },
    );
    await this.markDeleted(name, dagId, 'it was deleted through the portal');
    return {};
  }

  async reparse({
    cluster: { name, client },
    params: { dagId },
  }: Asked<'reparseDag'>): Promise<Answer<'reparseDag'>> {
    await orMissing(
      client.ask(removal, area => area.reparse(dagId)),
      () => missingDag(name, dagId),
    );
    return {};
  }

  private async markDeleted(
    cluster: string,
    dagId: string,
    reason: string,
  ): Promise<void> {
    const at = new Date();
    const deleted: Presence = {
      state: 'deleted',
      since: at.toISOString(),
      reason,
    };
    const { dags } = this.stores;
    await dags.transaction(trx =>
      dags.savePresences(trx, cluster, new Map([[dagId, deleted]]), at),
    );
  }
}

function notConfirmed(dagId: string): ProblemError {
  return new ProblemError({
    code: 'invalid-request',
    field: 'confirm',
    message: `confirm is not the id of the DAG, ${dagId}`,
    hint: 'Give the id of the DAG once more, so that nothing is deleted by a slip',
  });
}
