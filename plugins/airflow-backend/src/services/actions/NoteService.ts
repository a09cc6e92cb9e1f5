import { notes } from '../../airflow/areas/notes';
import type { Answer, Asked } from '../kit/asked';
import { orMissing, type MissingPart } from '../kit/MissingPart';
import type { RunService } from '../runs/RunService';

/** How callers leave notes for each other. */
export class NoteService {
  constructor(
    private readonly runs: RunService,
    private readonly missing: MissingPart,
  ) {}

  async setRunNote({
    cluster,
    params: { dagId, runId },
    body: { note },
  }: Asked<'setRunNote'>): Promise<Answer<'setRunNote'>> {
    await orMissing(
      cluster.client.ask(notes, area =>
        area.setRunNote({ dagId, runId }, note),
      ),
      () => this.missing.ofRun(cluster, dagId, runId),
    );
    await this.runs.readAgain(cluster, { dagId, runId });
    return { note };
  }

  async setTaskNote({
    cluster,
    params: { dagId, runId, taskId },
    body: { note, mapIndex },
  }: Asked<'setTaskNote'>): Promise<Answer<'setTaskNote'>> {
    const ref = { dagId, runId, taskId, mapIndex };
    await orMissing(
      cluster.client.ask(notes, area => area.setTaskNote(ref, note)),
      () => this.missing.ofTask(cluster, ref),
    );
    return { note };
  }
}
