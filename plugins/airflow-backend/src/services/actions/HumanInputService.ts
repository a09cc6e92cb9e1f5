import type { HumanInput } from '@airflow-fleet/backstage-plugin-airflow-common';
import { humanInputs } from '../../airflow/areas/humanInputs';
import type { Answer, Asked } from '../kit/asked';
import { CHANGING_MS, LiveCache } from '../kit/LiveCache';
import { missingQuestion } from '../kit/missing';
import { orMissing, type MissingPart } from '../kit/MissingPart';
import type { RunService } from '../runs/RunService';

const KEPT_LISTS = 1_000;

/** What tasks ask of people, and how callers answer. */
export class HumanInputService {
  private readonly lists = new LiveCache<HumanInput[]>({
    maxSize: KEPT_LISTS,
    sizeOf: items => items.length + 1,
  });

  constructor(
    private readonly runs: RunService,
    private readonly missing: MissingPart,
  ) {}

  async list({
    cluster,
    params: { dagId, runId },
  }: Asked<'listHumanInputs'>): Promise<Answer<'listHumanInputs'>> {
    const { name, client } = cluster;
    const items = await orMissing(
      this.lists.get([name, dagId, runId], async () => ({
        value: await client.ask(humanInputs, area =>
          area.list({ dagId, runId }),
        ),
        keepMs: CHANGING_MS,
      })),
      () => this.missing.ofRun(cluster, dagId, runId),
    );
    return { items };
  }

  /** What was chosen and typed is the person's own, and is not written down; Airflow keeps it. */
  async answer({
    cluster,
    params: { dagId, runId, taskId },
    body: { mapIndex, options, params },
  }: Asked<'answerHumanInput'>): Promise<Answer<'answerHumanInput'>> {
    const { name, client } = cluster;
    const ref = { dagId, runId, taskId, mapIndex };
    await orMissing(
      client.ask(humanInputs, area => area.answer(ref, { options, params })),
      () => this.missing.ofTask(cluster, ref, missingQuestion(name, ref)),
    );
    this.lists.forget([name, dagId, runId]);
    await this.runs.readAgain(cluster, { dagId, runId });
    return {};
  }
}
