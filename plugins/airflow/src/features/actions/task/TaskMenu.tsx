import {
  airflowRunMarkPermission,
  type TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useClusterOf } from '../../../data/useClusters';
import { useRefusal } from '../../../data/useMay';
import type { RunName } from '../../../data/useRuns';
import type { ClearTask } from '../clear/scopes';
import { ActionMenu, type Action } from '../dialog';
import { markActions } from '../mark/markActions';
import { markScopes, nameOf } from '../mark/markScopes';
import { TaskNoteDialog } from '../NoteDialog';
import { useNoteRefusal } from '../useNoteRefusal';

/** What can be done to a task instance, or to every instance of a mapped task, beside clearing it. */
export function TaskMenu(props: {
  run: RunName;
  instance: ClearTask & Partial<Pick<TaskInstance, 'note'>>;
}) {
  const { run, instance } = props;
  const { taskId, mapIndex, note = null } = instance;
  const notMark = useRefusal(airflowRunMarkPermission, run);
  const notNote = useNoteRefusal(run);
  const cluster = useClusterOf(run);
  const what = nameOf(instance);
  const marks = markActions({
    run,
    what,
    scopes: markScopes(instance, cluster?.apiVersion ?? null),
    refusal: notMark,
  });
  // A note is on one instance.
  const notes: Action[] =
    mapIndex === null
      ? []
      : [
          {
            id: 'note',
            text: note ? 'Change the note…' : 'Write a note…',
            refusal: notNote,
            dialog: onClose => (
              <TaskNoteDialog
                name={{ ...run, taskId, mapIndex }}
                note={note}
                onClose={onClose}
              />
            ),
          },
        ];
  return (
    <ActionMenu kind="task-menu" of={what} actions={[...marks, ...notes]} />
  );
}
