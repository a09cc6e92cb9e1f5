import {
  airflowDagReadPermission,
  airflowTaskAnswerPermission,
  type HumanAnswer,
  type HumanInput,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { TaskInstanceRef } from '../../airflow';
import { humanInputs } from '../../airflow/areas/humanInputs';
import type { DagName } from '../../store';
import type { Access } from '../kit/Access';
import type { Caller, Deeds } from './Deeds';
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
    private readonly access: Access,
    private readonly deeds: Deeds,
    private readonly runs: RunService,
    private readonly missing: MissingPart,
  ) {}

  async list(
    dag: DagName,
    runId: string,
    credentials: BackstageCredentials,
  ): Promise<HumanInput[]> {
    const cluster = await this.access.dag(
      dag,
      airflowDagReadPermission,
      credentials,
    );
    const { name, client } = cluster;
    return orMissing(
      this.lists.get([name, dag.dagId, runId], async () => ({
        value: await client.ask(humanInputs, area =>
          area.list({ dagId: dag.dagId, runId }),
        ),
        keepMs: CHANGING_MS,
      })),
      () => this.missing.ofRun(cluster, dag.dagId, runId),
    );
  }

  /** What was chosen and typed is the person's own, and is not written down; Airflow keeps it. */
  async answer(
    cluster: string,
    ref: TaskInstanceRef,
    { options, params, reason }: Omit<HumanAnswer, 'mapIndex'>,
    caller: Caller,
  ): Promise<void> {
    const { dagId, runId, taskId, mapIndex } = ref;
    const deed = {
      dag: { cluster, dagId },
      permission: airflowTaskAnswerPermission,
      eventId: 'task-answer',
      meta: { runId, taskId, mapIndex },
      reason,
    };
    return this.deeds.do(deed, caller, async registered => {
      const { name, client } = registered;
      await orMissing(
        client.ask(humanInputs, area => area.answer(ref, { options, params })),
        () => this.missing.ofTask(registered, ref, missingQuestion(name, ref)),
      );
      this.lists.forget([name, dagId, runId]);
      await this.runs.readAgain(registered, { dagId, runId });
    });
  }
}
