import {
  airflowNoteWritePermission,
  airflowRunMarkPermission,
  type TaskInstance,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useClusterOf } from '../../../hooks/useClusters';
import { useMay } from '../../../hooks/useMay';
import type { RunName } from '../../../hooks/useRuns';
import { ActionMenu } from '../deed';
import { markActions } from '../mark/markActions';
import { markScopes, nameOf } from '../mark/markScopes';
import { TaskNoteDialog } from '../NoteDialog';

/** What can be done to a task instance, beside clearing it. */
export function TaskMenu(props: { run: RunName; instance: TaskInstance }) {
  const { run, instance } = props;
  const { taskId, mapIndex, note } = instance;
  const mayMark = useMay(airflowRunMarkPermission, run);
  const mayNote = useMay(airflowNoteWritePermission, run);
  const cluster = useClusterOf(run);
  const hasNotes = cluster?.capabilities.includes('notes') ?? true;
  const what = nameOf(instance);
  return (
    <ActionMenu
      kind="task-menu"
      of={what}
      actions={[
        ...markActions({
          run,
          what,
          scopes: markScopes(instance, cluster?.apiVersion ?? null),
          isAllowed: mayMark,
        }),
        {
          id: 'note',
          text: note ? 'Change the note…' : 'Write a note…',
          isAllowed: mayNote && hasNotes,
          dialog: onClose => (
            <TaskNoteDialog
              name={{ ...run, taskId, mapIndex }}
              note={note}
              onClose={onClose}
            />
          ),
        },
      ]}
    />
  );
}
