import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { TextAreaField } from '@backstage/ui';
import { useState } from 'react';
import { useAction } from '../../data/useAction';
import type { RunName, TaskName } from '../../data/useRuns';
import { ActionDialog } from './dialog';

/** Writes the note of a run, or takes it away. */
export function RunNoteDialog(props: {
  name: RunName;
  note: string | null;
  onClose: () => void;
}) {
  const { cluster, dagId, runId } = props.name;
  const set = useAction(airflowEndpoints.setRunNote);
  const onSave = (note: string) =>
    set.mutateAsync({
      params: { cluster, dagId, runId },
      query: {},
      body: { note },
    });
  return <NoteDialog {...props} title={`Note on ${runId}`} onSave={onSave} />;
}

/** Writes the note of a task instance, or takes it away. */
export function TaskNoteDialog(props: {
  name: TaskName;
  note: string | null;
  onClose: () => void;
}) {
  const { cluster, dagId, runId, taskId, mapIndex } = props.name;
  const set = useAction(airflowEndpoints.setTaskNote);
  const onSave = (note: string) =>
    set.mutateAsync({
      params: { cluster, dagId, runId, taskId },
      query: {},
      body: { note, mapIndex },
    });
  return (
    <NoteDialog
      {...props}
      title={`Note on ${taskId} in ${runId}`}
      onSave={onSave}
    />
  );
}

function NoteDialog(props: {
  name: RunName;
  note: string | null;
  title: string;
  onSave: (note: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { name, note, title, onSave, onClose } = props;
  const [text, setText] = useState(note ?? '');
  const wanted = text.trim();
  return (
    <ActionDialog
      action="note"
      clusters={[name.cluster]}
      title={title}
      verb={wanted === '' && note ? 'Take away' : 'Save'}
      isReady={wanted !== (note ?? '')}
      onConfirm={async () => {
        await onSave(wanted);
        return {
          title: wanted === '' ? 'The note is gone' : 'The note is saved',
          description: name.dagId,
          status: 'success',
        };
      }}
      onClose={onClose}
    >
      <TextAreaField
        label="Note"
        description="Everybody sees it, in Airflow too"
        value={text}
        onChange={setText}
        rows={4}
        maxLength={1000}
        data-kind="note-text"
      />
    </ActionDialog>
  );
}
