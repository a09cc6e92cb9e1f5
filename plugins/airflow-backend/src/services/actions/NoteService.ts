import { airflowNoteWritePermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import type { TaskInstanceRef } from '../../airflow';
import { notes } from '../../airflow/areas/notes';
import type { DagName } from '../../store';
import type { Caller, Deeds } from './Deeds';
import { orMissing, type MissingPart } from '../kit/MissingPart';
import type { RunService } from '../runs/RunService';

const permission = airflowNoteWritePermission;

/** How callers leave notes for each other. */
export class NoteService {
  constructor(
    private readonly deeds: Deeds,
    private readonly runs: RunService,
    private readonly missing: MissingPart,
  ) {}

  async setRunNote(
    dag: DagName,
    runId: string,
    note: string,
    caller: Caller,
  ): Promise<{ note: string }> {
    const { dagId } = dag;
    const meta = { runId, hasNote: note !== '' };
    const deed = { dag, permission, eventId: 'run-note', meta };
    return this.deeds.do(deed, caller, async cluster => {
      await orMissing(
        cluster.client.ask(notes, area =>
          area.setRunNote({ dagId, runId }, note),
        ),
        () => this.missing.ofRun(cluster, dagId, runId),
      );
      await this.runs.readAgain(cluster, { dagId, runId });
      return { note };
    });
  }

  async setTaskNote(
    cluster: string,
    ref: TaskInstanceRef,
    note: string,
    caller: Caller,
  ): Promise<{ note: string }> {
    const { dagId, runId, taskId, mapIndex } = ref;
    const deed = {
      dag: { cluster, dagId },
      permission,
      eventId: 'task-note',
      meta: { runId, taskId, mapIndex, hasNote: note !== '' },
    };
    return this.deeds.do(deed, caller, async registered => {
      await orMissing(
        registered.client.ask(notes, area => area.setTaskNote(ref, note)),
        () => this.missing.ofTask(registered, ref),
      );
      this.runs.forgetTasks(registered.name, dagId);
      return { note };
    });
  }
}
