import {
  airflowRunMarkPermission,
  type DagRun,
  type Mark,
  type MarkTasksBody,
  type markEndpoints,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { z } from 'zod';
import { marking } from '../../airflow/areas/marking';
import type { RegisteredCluster } from '../../clusters';
import type { DagName } from '../../store';
import type { Caller, Deeds } from './Deeds';
import { listedRun } from '../kit/listed';
import { orMissing, type MissingPart } from '../kit/MissingPart';
import type { RunService } from '../runs/RunService';

type Marked = z.output<typeof markEndpoints.markTasks.response>;

const permission = airflowRunMarkPermission;

/** How callers say that runs and tasks are done, one way or the other. */
export class MarkService {
  constructor(
    private readonly deeds: Deeds,
    private readonly runs: RunService,
    private readonly missing: MissingPart,
  ) {}

  async markRun(
    dag: DagName,
    runId: string,
    { state, reason }: { state: Mark; reason?: string },
    caller: Caller,
  ): Promise<DagRun> {
    const { dagId } = dag;
    const meta = { runId, state };
    const deed = { dag, permission, eventId: 'run-mark', meta, reason };
    return this.deeds.do(deed, caller, async cluster => {
      const run = await orMissing(
        cluster.client.ask(marking, area =>
          area.markRun({ dagId, runId }, state),
        ),
        () => this.missing.ofRun(cluster, dagId, runId),
      );
      await this.runs.readAgain(cluster, { dagId, runId });
      return listedRun(cluster.name, run);
    });
  }

  /** Tells what would be marked, or marks it and writes that down. */
  async markTasks(
    dag: DagName,
    runId: string,
    body: MarkTasksBody,
    caller: Caller,
  ): Promise<Marked> {
    const { state, dryRun, reason } = body;
    if (dryRun) {
      const cluster = await this.deeds.permitted(
        { dag, permission },
        caller.credentials,
      );
      return this.send(cluster, dag.dagId, runId, body);
    }
    const meta = { runId, state };
    return this.deeds.do(
      { dag, permission, eventId: 'task-mark', meta, reason },
      caller,
      async cluster => {
        const marked = await this.send(cluster, dag.dagId, runId, body);
        await this.runs.readAgain(cluster, { dagId: dag.dagId, runId });
        return marked;
      },
      ({ items }) => ({ tasks: items.length }),
    );
  }

  private async send(
    cluster: RegisteredCluster,
    dagId: string,
    runId: string,
    { reason: _, ...body }: MarkTasksBody,
  ): Promise<Marked> {
    const items = await orMissing(
      cluster.client.ask(marking, area =>
        area.markTasks(dagId, { runId, ...body }),
      ),
      () => this.missing.ofTasks(cluster, { dagId, runId }, body.tasks),
    );
    return { dryRun: body.dryRun, items };
  }
}
