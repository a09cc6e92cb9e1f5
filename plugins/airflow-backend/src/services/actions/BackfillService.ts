import {
  airflowDagBackfillPermission,
  airflowDagReadPermission,
  type Backfill,
  type BackfillChange,
  type BackfillRequest,
  type backfillEndpoints,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { z } from 'zod';
import { backfills } from '../../airflow/areas/backfills';
import type { DagName } from '../../store';
import type { Access } from '../kit/Access';
import type { Caller, Deeds } from './Deeds';
import { CHANGING_MS, LiveCache } from '../kit/LiveCache';
import { missingBackfill, missingDag } from '../kit/missing';
import { orMissing } from '../kit/MissingPart';
import type { RunService } from '../runs/RunService';

type Started = z.output<typeof backfillEndpoints.createBackfill.response>;

const KEPT_LISTS = 1_000;
const permission = airflowDagBackfillPermission;

/** What callers may read of backfills, and how they start and change them. */
export class BackfillService {
  private readonly lists = new LiveCache<Backfill[]>({
    maxSize: KEPT_LISTS,
    sizeOf: () => 1,
  });

  constructor(
    private readonly access: Access,
    private readonly deeds: Deeds,
    private readonly runs: RunService,
  ) {}

  async list(
    dag: DagName,
    credentials: BackstageCredentials,
  ): Promise<Backfill[]> {
    const { name, client } = await this.access.dag(
      dag,
      airflowDagReadPermission,
      credentials,
    );
    return orMissing(
      this.lists.get([name, dag.dagId], async () => ({
        value: await client.ask(backfills, area => area.list(dag.dagId)),
        keepMs: CHANGING_MS,
      })),
      () => missingDag(name, dag.dagId),
    );
  }

  /** Tells which runs it would make, or starts it and writes that down. */
  async create(
    dag: DagName,
    body: BackfillRequest & { dryRun: boolean; reason?: string },
    caller: Caller,
  ): Promise<Started> {
    const { dagId } = dag;
    const { dryRun, reason, ...asked } = body;
    if (dryRun) {
      const { name, client } = await this.deeds.permitted(
        { dag, permission },
        caller.credentials,
      );
      const dates = await orMissing(
        client.ask(backfills, area => area.preview(dagId, asked)),
        () => missingDag(name, dagId),
      );
      return { dates, backfill: null };
    }
    const { conf: _, ...meta } = asked;
    return this.deeds.do(
      { dag, permission, eventId: 'backfill-create', meta, reason },
      caller,
      async cluster => {
        const { name, client } = cluster;
        const started = await orMissing(
          client.ask(backfills, async area => ({
            dates: await area.preview(dagId, asked),
            backfill: await area.create(dagId, asked),
          })),
          () => missingDag(name, dagId),
        );
        await this.readAgain(dag, () =>
          this.runs.readChanged(cluster, dagId, started.backfill.createdAt),
        );
        return started;
      },
      ({ dates, backfill }) => ({
        runs: dates.length,
        ...(backfill && { backfillId: backfill.id }),
      }),
    );
  }

  async change(
    dag: DagName,
    backfillId: number,
    { change, reason }: { change: BackfillChange; reason?: string },
    caller: Caller,
  ): Promise<Backfill> {
    const { dagId } = dag;
    const deed = {
      dag,
      permission,
      eventId: `backfill-${change}`,
      meta: { backfillId },
      reason,
    };
    return this.deeds.do(deed, caller, async cluster => {
      const since = new Date().toISOString();
      const changed = await orMissing(
        cluster.client.ask(backfills, area =>
          area.change(dagId, backfillId, change),
        ),
        () => missingBackfill(cluster.name, dagId, backfillId),
      );
      await this.readAgain(dag, () =>
        this.runs.readChanged(cluster, dagId, since),
      );
      return changed;
    });
  }

  private async readAgain(
    { cluster, dagId }: DagName,
    read: () => Promise<void>,
  ) {
    this.lists.forget([cluster, dagId]);
    await read();
  }
}
