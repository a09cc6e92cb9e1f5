import { humanInputs } from '../../airflow/areas/humanInputs';
import type { Answer, Asked } from '../kit/asked';
import type { LiveCache } from '../kit/LiveCache';
import { CHANGING_MS } from '../kit/LiveKind';
import { missingQuestion } from '../kit/missing';
import { orMissing, type MissingPart } from '../kit/MissingPart';
import type { RunService } from '../runs/RunService';

/** What tasks ask of people, and how callers answer. */
export class HumanInputService {
  constructor(
    private readonly runs: RunService,
    private readonly missing: MissingPart,
    private readonly live: LiveCache,
  ) {}

  async list({
    cluster,
    params: { dagId, runId },
  }: Asked<'listHumanInputs'>): Promise<Answer<'listHumanInputs'>> {
    const { name, client } = cluster;
    const items = await orMissing(
      this.live.humanInputs.get([name, dagId, runId], async () => ({
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
    await this.runs.readAgain(cluster, { dagId, runId });
    return {};
  }
}
