import type { TaskError } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { Asked } from '../kit/asked';
import type { LogSearches } from './LogSearches';
import { missingTry } from '../kit/missing';
import { orMissing, type MissingPart } from '../kit/MissingPart';

/** What attempts of tasks failed with, out of their logs. */
export class TaskErrorService {
  constructor(
    private readonly searches: LogSearches,
    private readonly missing: MissingPart,
  ) {}

  async read({
    cluster,
    params,
    query: { mapIndex, try: tryNumber },
  }: Asked<'getTaskError'>): Promise<TaskError> {
    const { dagId, runId, taskId } = params;
    const ref = { dagId, runId, taskId, mapIndex, tryNumber };
    return orMissing(this.searches.of(cluster, ref), () =>
      this.missing.ofTask(cluster, ref, missingTry(cluster.name, ref)),
    );
  }
}
