import type { Backfill } from '@airflow-fleet/backstage-plugin-airflow-common';
import { backfills } from '../../airflow/areas/backfills';
import type { Answer, Asked } from '../kit/asked';
import type { LiveCache } from '../kit/LiveCache';
import { CHANGING_MS } from '../kit/LiveKind';
import { missingBackfill, missingDag } from '../kit/missing';
import { orMissing } from '../kit/MissingPart';
import type { RunService } from '../runs/RunService';

/** What callers may read of backfills, and how they start and change them. */
export class BackfillService {
  constructor(
    private readonly runs: RunService,
    private readonly live: LiveCache,
  ) {}

  async list({
    cluster: { name, client },
    params: { dagId },
  }: Asked<'listBackfills'>): Promise<Answer<'listBackfills'>> {
    const items = await orMissing(
      this.live.backfills.get([name, dagId], async () => ({
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
      const { createdAt } = started.backfill;
      await this.runs.readChanged(cluster, dagId, createdAt);
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
    await this.runs.readChanged(cluster, dagId, since);
    return changed;
  }
}
