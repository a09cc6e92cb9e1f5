import { airflowRunClearPermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useClusterOf, useClusters } from '../../../data/useClusters';
import { useRefusal } from '../../../data/useMay';
import type { RunName } from '../../../data/useRuns';
import { ActionButton } from '../dialog';
import { ClearDialog } from './ClearDialog';
import { scopesOf, type ClearTask } from './scopes';

/** Opens the dialog that has a run, or what comes from one of its tasks on, run again. */
export function ClearButton(props: {
  name: RunName;
  /** Starts from this task unless the reader chooses otherwise. */
  task?: ClearTask;
  /** On the button; `Clear…` when left out. */
  text?: string;
  /** The key that opens it, where it is the one of the page. */
  shortcut?: string;
}) {
  const { name, task, text = 'Clear…', shortcut } = props;
  const { isPending } = useClusters();
  const cluster = useClusterOf(name);
  const refusal = useRefusal(airflowRunClearPermission, name);
  return (
    <ActionButton
      kind="clear-button"
      text={text}
      shortcut={shortcut}
      refusal={refusal ?? (isPending ? 'The cluster is being read' : null)}
      dialog={onClose => (
        <ClearDialog
          name={name}
          of={name.dagId}
          scopes={scopesOf(task, cluster?.apiVersion ?? null)}
          onClose={onClose}
        />
      )}
    />
  );
}
