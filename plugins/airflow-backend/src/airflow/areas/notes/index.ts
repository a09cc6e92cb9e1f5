import type { Area } from '../../area';
import type { RunRef, TaskInstanceRef } from '../../call';
import type { AirflowApi } from '../../http';
import { instancePath, runPath } from '../paths';

/** Notes of people; an empty one takes the note away. */
export interface Notes {
  setRunNote(run: RunRef, note: string): Promise<void>;
  setTaskNote(ref: TaskInstanceRef, note: string): Promise<void>;
}

/** Both versions patch the thing itself, the first at a place of its own below it. */
function notesAt(below: '' | '/setNote', api: AirflowApi): Notes {
  const set = (of: string, note: string) =>
    api.send({ method: 'PATCH', path: `${of}${below}`, body: { note } });
  return {
    setRunNote: (run, note) => set(runPath(run), note),
    setTaskNote: (ref, note) => set(instancePath(ref), note),
  };
}

export const notes: Area<Notes> = {
  v1: api => notesAt('/setNote', api),
  v2: api => notesAt('', api),
};
