import {
  airflowRunDeletePermission,
  airflowRunMarkPermission,
  type DagRun,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useRefusal } from '../../../data/useMay';
import { ActionMenu, type Action } from '../dialog';
import { RunNoteDialog } from '../NoteDialog';
import { useNoteRefusal } from '../useNoteRefusal';
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
  const notMark = useRefusal(airflowRunMarkPermission, name);
  const notNote = useNoteRefusal(name);
  const notDelete = useRefusal(airflowRunDeletePermission, name);
  const marks = (['success', 'failed'] as const).map(
    (mark): Action => ({
      id: `mark-${mark}`,
      text: `Mark as ${mark}…`,
      refusal: notMark ?? (state === mark ? 'It is so already' : null),
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
          refusal: notNote,
          dialog: onClose => (
            <RunNoteDialog name={name} note={note} onClose={onClose} />
          ),
        },
        {
          id: 'delete',
          text: 'Delete…',
          refusal: notDelete,
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
