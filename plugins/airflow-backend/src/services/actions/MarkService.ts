import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { marking } from '../../airflow/areas/marking';
import type { Answer, Asked } from '../kit/asked';
import { listedRun } from '../kit/listed';
import { orMissing, type MissingPart } from '../kit/MissingPart';
import type { RunService } from '../runs/RunService';

/** How callers say that runs and tasks are done, one way or the other. */
export class MarkService {
  constructor(
    private readonly runs: RunService,
    private readonly missing: MissingPart,
  ) {}

  async markRun({
    cluster,
    params: { dagId, runId },
    body: { state },
  }: Asked<'markRun'>): Promise<DagRun> {
    const run = await orMissing(
      cluster.client.ask(marking, area =>
        area.markRun({ dagId, runId }, state),
      ),
      () => this.missing.ofRun(cluster, dagId, runId),
    );
    await this.runs.readAgain(cluster, { dagId, runId });
    return listedRun(cluster.name, run);
  }

  /** Tells what would be marked, or marks it. */
  async markTasks({
    cluster,
    params: { dagId, runId },
    body: { reason: _, ...body },
  }: Asked<'markTasks'>): Promise<Answer<'markTasks'>> {
    const { tasks, dryRun } = body;
    const items = await orMissing(
      cluster.client.ask(marking, area =>
        area.markTasks(dagId, { runId, ...body }),
      ),
      () => this.missing.ofTasks(cluster, { dagId, runId }, tasks),
    );
    if (!dryRun) await this.runs.readAgain(cluster, { dagId, runId });
    return { dryRun, items };
  }
}
