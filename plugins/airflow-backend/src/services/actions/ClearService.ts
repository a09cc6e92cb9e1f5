import { clearing } from '../../airflow/areas/clearing';
import type { Answer, Asked } from '../kit/asked';
import { orMissing, type MissingPart } from '../kit/MissingPart';
import type { RunService } from '../runs/RunService';

/** How callers have runs and tasks run again. */
export class ClearService {
  constructor(
    private readonly runs: RunService,
    private readonly missing: MissingPart,
  ) {}

  /** Tells what would be cleared, or clears it. */
  async clear({
    cluster,
    params: { dagId, runId },
    body: { tasks, downstream, onlyFailed, dryRun },
  }: Asked<'clearRun'>): Promise<Answer<'clearRun'>> {
    const run = { dagId, runId };
    const mode = { onlyFailed, dryRun };
    const items = await orMissing(
      cluster.client.ask(clearing, area =>
        tasks
          ? area.clearTasks(dagId, { runId, tasks, downstream, ...mode })
          : area.clearRun(run, mode),
      ),
      () =>
        tasks
          ? this.missing.ofTasks(cluster, run, tasks)
          : this.missing.ofRun(cluster, dagId, runId),
    );
    if (!dryRun) await this.runs.readAgain(cluster, run);
    return { dryRun, items };
  }
}
