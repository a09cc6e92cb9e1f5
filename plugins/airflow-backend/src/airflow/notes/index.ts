import type { CallOptions, TaskInstanceRef } from '../call';
import type { Area } from '../area';
import { path, type AirflowApi } from '../http';

/** Notes of people; an empty one takes the note away. */
export interface Notes {
  setRunNote(
    dagId: string,
    runId: string,
    note: string,
    call?: CallOptions,
  ): Promise<void>;
  setTaskNote(
    ref: TaskInstanceRef,
    note: string,
    call?: CallOptions,
  ): Promise<void>;
}

/** Both versions patch the thing itself, the first at a place of its own below it. */
function notesAt(
  api: AirflowApi,
  root: '/api/v1' | '/api/v2',
  below: '' | '/setNote',
): Notes {
  const set = (of: string, note: string, call?: CallOptions) =>
    api.send(
      { method: 'PATCH', path: `${root}${of}${below}`, body: { note } },
      call,
    );
  return {
    setRunNote: (dagId, runId, note, call) =>
      set(path`/dags/${dagId}/dagRuns/${runId}`, note, call),
    setTaskNote: ({ dagId, runId, taskId, mapIndex }, note, call) => {
      const task = path`/dags/${dagId}/dagRuns/${runId}/taskInstances/${taskId}`;
      const one = mapIndex < 0 ? task : `${task}${path`/${mapIndex}`}`;
      return set(one, note, call);
    },
  };
}

export const notes: Area<Notes> = {
  v1: api => notesAt(api, '/api/v1', '/setNote'),
  v2: api => notesAt(api, '/api/v2', ''),
};
