import {
  airflowDagDeletePermission,
  airflowDagReparsePermission,
  airflowRunDeletePermission,
  type Presence,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { removal } from '../../airflow/areas/removal';
import type { DagName, DagStore } from '../../store';
import type { Caller, Deeds } from './Deeds';
import { goneDag, missingDag } from '../kit/missing';
import { orMissing, type MissingPart } from '../kit/MissingPart';
import { ProblemError } from '../kit/ProblemError';
import type { RunService } from '../runs/RunService';

/** How callers delete runs and DAGs in Airflow, and have files parsed again. */
export class RemovalService {
  constructor(
    private readonly deeds: Deeds,
    private readonly runs: RunService,
    private readonly dags: DagStore,
    private readonly missing: MissingPart,
  ) {}

  async deleteRun(
    dag: DagName,
    runId: string,
    reason: string | undefined,
    caller: Caller,
  ): Promise<void> {
    const { dagId } = dag;
    const deed = {
      dag,
      permission: airflowRunDeletePermission,
      eventId: 'run-delete',
      meta: { runId },
      reason,
    };
    return this.deeds.do(deed, caller, async cluster => {
      await orMissing(
        cluster.client.ask(removal, area => area.deleteRun({ dagId, runId })),
        () => this.missing.ofRun(cluster, dagId, runId),
      );
      await this.runs.forget(cluster.name, { dagId, runId });
    });
  }

  /** What the portal has stored of the DAG stays, and it is marked as deleted until Airflow lists it again. */
  async deleteDag(
    dag: DagName,
    { confirm, reason }: { confirm: string; reason?: string },
    caller: Caller,
  ): Promise<void> {
    const { dagId } = dag;
    const deed = {
      dag,
      permission: airflowDagDeletePermission,
      eventId: 'dag-delete',
      severityLevel: 'high' as const,
      reason,
    };
    return this.deeds.do(deed, caller, async ({ name, client }) => {
      if (confirm !== dagId) throw notConfirmed(dagId);
      await orMissing(
        client.ask(removal, area => area.deleteDag(dagId)),
        async () => {
          if (!(await this.dags.get(name, dagId))) {
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
    });
  }

  async reparse(
    dag: DagName,
    reason: string | undefined,
    caller: Caller,
  ): Promise<void> {
    const deed = {
      dag,
      permission: airflowDagReparsePermission,
      eventId: 'dag-reparse',
      severityLevel: 'low' as const,
      reason,
    };
    return this.deeds.do(deed, caller, async ({ name, client }) => {
      await orMissing(
        client.ask(removal, area => area.reparse(dag.dagId)),
        () => missingDag(name, dag.dagId),
      );
    });
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
    await this.dags.savePresences(cluster, new Map([[dagId, deleted]]), at);
    this.runs.forgetTasks(cluster, dagId);
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
