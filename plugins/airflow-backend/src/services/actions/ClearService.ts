import {
  airflowRunClearPermission,
  type ClearBody,
  type clearEndpoints,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { z } from 'zod';
import { clearing } from '../../airflow/areas/clearing';
import type { RegisteredCluster } from '../../clusters';
import type { RunName } from '../../store';
import type { Access } from '../kit/Access';
import type { Audit } from '../kit/Audit';
import { orMissing, type MissingPart } from '../kit/MissingPart';
import type { RunService } from '../runs/RunService';

type Cleared = z.output<typeof clearEndpoints.clearRun.response>;

/** How callers have runs and tasks run again. */
export class ClearService {
  constructor(
    private readonly access: Access,
    private readonly runs: RunService,
    private readonly audit: Audit,
    private readonly missing: MissingPart,
  ) {}

  /** Tells what would be cleared, or clears it and writes that down. */
  async clear(
    clusterName: string,
    run: RunName,
    body: ClearBody,
    credentials: BackstageCredentials,
    request: Request,
  ): Promise<Cleared> {
    if (body.dryRun) {
      const cluster = await this.clearable(clusterName, run.dagId, credentials);
      return this.send(cluster, run, body);
    }
    const deed = {
      eventId: 'run-clear',
      severityLevel: 'medium' as const,
      meta: {
        cluster: clusterName,
        ...run,
        ...(body.reason && { reason: body.reason }),
      },
      request,
    };
    return this.audit.record(
      deed,
      async () => {
        const cluster = await this.clearable(
          clusterName,
          run.dagId,
          credentials,
        );
        const cleared = await this.send(cluster, run, body);
        await this.runs.readAgain(cluster, run);
        return cleared;
      },
      ({ items }) => ({ tasks: items.length }),
    );
  }

  private clearable(
    cluster: string,
    dagId: string,
    credentials: BackstageCredentials,
  ): Promise<RegisteredCluster> {
    return this.access.writableDag(
      { cluster, dagId },
      airflowRunClearPermission,
      credentials,
    );
  }

  private async send(
    cluster: RegisteredCluster,
    { dagId, runId }: RunName,
    { tasks, downstream, onlyFailed, dryRun }: ClearBody,
  ): Promise<Cleared> {
    const { client } = cluster;
    const run = { dagId, runId };
    const mode = { onlyFailed, dryRun };
    const items = await orMissing(
      client.ask(clearing, area =>
        tasks
          ? area.clearTasks(dagId, { runId, tasks, downstream, ...mode })
          : area.clearRun(run, mode),
      ),
      () =>
        tasks
          ? this.missing.ofTasks(cluster, run, tasks)
          : this.missing.ofRun(cluster, dagId, runId),
    );
    return { dryRun, items };
  }
}
