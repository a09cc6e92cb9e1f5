import {
  airflowNoteWritePermission,
  airflowRunDeletePermission,
  airflowRunMarkPermission,
  type DagRun,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useClusterOf } from '../../../hooks/useClusters';
import { useMay } from '../../../hooks/useMay';
import { ActionMenu, type Action } from '../deed';
import { RunNoteDialog } from '../NoteDialog';
import { DeleteRunDialog } from './DeleteRunDialog';
import { MarkRunDialog } from './MarkRunDialog';

/** What can be done to a run, beside clearing it. */
export function RunMenu(props: {
  run: Pick<DagRun, 'cluster' | 'dagId' | 'runId' | 'state' | 'note'>;
  size?: 'small';
  onDeleted?: () => void;
}) {
  const { run, size, onDeleted } = props;
  const { cluster, dagId, runId, state, note } = run;
  const name = { cluster, dagId, runId };
  const mayMark = useMay(airflowRunMarkPermission, name);
  const mayNote = useMay(airflowNoteWritePermission, name);
  const mayDelete = useMay(airflowRunDeletePermission, name);
  const hasNotes = useClusterOf(name)?.capabilities.includes('notes') ?? true;
  const marks = (['success', 'failed'] as const).map(
    (mark): Action => ({
      id: `mark-${mark}`,
      text: `Mark as ${mark}…`,
      isAllowed: mayMark && state !== mark,
      dialog: onClose => (
        <MarkRunDialog name={name} state={mark} onClose={onClose} />
      ),
    }),
  );
  return (
    <ActionMenu
      kind="run-menu"
      of={runId}
      size={size}
      actions={[
        ...marks,
        {
          id: 'note',
          text: note ? 'Change the note…' : 'Write a note…',
          isAllowed: mayNote && hasNotes,
          dialog: onClose => (
            <RunNoteDialog name={name} note={note} onClose={onClose} />
          ),
        },
        {
          id: 'delete',
          text: 'Delete…',
          isAllowed: mayDelete,
          dialog: onClose => (
            <DeleteRunDialog
              name={name}
              onClose={onClose}
              onDeleted={onDeleted}
            />
          ),
        },
      ]}
    />
  );
}
