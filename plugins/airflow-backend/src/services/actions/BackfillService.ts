import type { Backfill } from '@airflow-fleet/backstage-plugin-airflow-common';
import { backfills } from '../../airflow/areas/backfills';
import type { RegisteredCluster } from '../../clusters';
import type { Answer, Asked } from '../kit/asked';
import { CHANGING_MS, LiveCache } from '../kit/LiveCache';
import { missingBackfill, missingDag } from '../kit/missing';
import { orMissing } from '../kit/MissingPart';
import type { RunService } from '../runs/RunService';

const KEPT_LISTS = 1_000;

/** What callers may read of backfills, and how they start and change them. */
export class BackfillService {
  private readonly lists = new LiveCache<Backfill[]>({
    maxSize: KEPT_LISTS,
    sizeOf: () => 1,
  });

  constructor(private readonly runs: RunService) {}

  async list({
    cluster: { name, client },
    params: { dagId },
  }: Asked<'listBackfills'>): Promise<Answer<'listBackfills'>> {
    const items = await orMissing(
      this.lists.get([name, dagId], async () => ({
        value: await client.ask(backfills, area => area.list(dagId)),
        keepMs: CHANGING_MS,
      })),
      () => missingDag(name, dagId),
    );
    return { items };
  }

  /** Tells which runs it would make, or starts it. */
  async create({
    cluster,
    params: { dagId },
    body: { dryRun, reason, ...asked },
  }: Asked<'createBackfill'>): Promise<Answer<'createBackfill'>> {
    const started = await orMissing(
      cluster.client.ask(backfills, async area => ({
        dates: await area.preview(dagId, asked),
        backfill: dryRun ? null : await area.create(dagId, asked),
      })),
      () => missingDag(cluster.name, dagId),
    );
    if (started.backfill) {
      await this.readAgain(cluster, dagId, started.backfill.createdAt);
    }
    return started;
  }

  async change({
    cluster,
    params: { dagId, backfillId },
    body: { change },
  }: Asked<'changeBackfill'>): Promise<Backfill> {
    const since = new Date().toISOString();
    const changed = await orMissing(
      cluster.client.ask(backfills, area =>
        area.change(dagId, backfillId, change),
      ),
      () => missingBackfill(cluster.name, dagId, backfillId),
    );
    await this.readAgain(cluster, dagId, since);
    return changed;
  }

  private async readAgain(
    cluster: RegisteredCluster,
    dagId: string,
    since: string,
  ): Promise<void> {
    this.lists.forget([cluster.name, dagId]);
    await this.runs.readChanged(cluster, dagId, since);
  }
}
