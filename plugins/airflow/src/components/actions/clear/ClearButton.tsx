import { airflowRunClearPermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Button, DialogTrigger } from '@backstage/ui';
import { useState } from 'react';
import { useClusterOf, useClusters } from '../../../hooks/useClusters';
import { useRefusal } from '../../../hooks/useMay';
import type { RunName } from '../../../hooks/useRuns';
import { useTell } from '../../../hooks/useTell';
import { Dialog } from '../../layout';
import { ClearForm } from './ClearForm';
import { scopesOf, type ClearTask } from './scopes';
import { countText } from './touchedGroups';

/** Opens the dialog that has a run, or what comes from one of its tasks on, run again. */
export function ClearButton(props: {
  name: RunName;
  /** Starts from this task unless the reader chooses otherwise. */
  task?: ClearTask;
  /** On the button; `Clear…` when left out. */
  text?: string;
}) {
  const { name, task, text = 'Clear…' } = props;
  const [isOpen, setIsOpen] = useState(false);
  const tell = useTell();
  const { isPending } = useClusters();
  const cluster = useClusterOf(name);
  const refusal = useRefusal(airflowRunClearPermission, name);
  const onCleared = (count: number) => {
    setIsOpen(false);
    tell({
      title:
        count > 0
          ? `Cleared ${countText(count)} of ${name.dagId}`
          : `Nothing of ${name.dagId} was left to clear`,
      description: name.runId,
      status: count > 0 ? 'success' : 'info',
    });
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <span title={refusal ?? undefined}>
        <Button
          variant="secondary"
          isDisabled={refusal !== null || isPending}
          data-kind="clear-button"
        >
          {text}
        </Button>
      </span>
      <Dialog width={640} data-kind="clear-dialog">
        <ClearForm
          name={name}
          choices={scopesOf(task, cluster?.apiVersion ?? null)}
          onCleared={onCleared}
        />
      </Dialog>
    </DialogTrigger>
  );
}
