import {
  airflowLogReadPermission,
  type TaskError,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Access } from '../kit/Access';
import type { AttemptRef } from './LogSearch';
import { LogSearches } from './LogSearches';
import { missingTry } from '../kit/missing';
import { orMissing, type MissingPart } from '../kit/MissingPart';

/** What attempts of tasks failed with, out of their logs. */
export class TaskErrorService {
  private readonly searches = new LogSearches();

  constructor(
    private readonly access: Access,
    private readonly missing: MissingPart,
  ) {}

  async read(
    clusterName: string,
    ref: AttemptRef,
    credentials: BackstageCredentials,
  ): Promise<TaskError> {
    const cluster = await this.access.dag(
      { cluster: clusterName, dagId: ref.dagId },
      airflowLogReadPermission,
      credentials,
    );
    return orMissing(this.searches.of(cluster, ref), () =>
      this.missing.ofTask(cluster, ref, missingTry(cluster.name, ref)),
    );
  }

  /** After an action, another attempt may go by the same number. */
  forget(cluster: string, dagId: string): void {
    this.searches.forget(cluster, dagId);
  }
}
