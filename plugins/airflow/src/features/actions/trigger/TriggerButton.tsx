import { airflowDagTriggerPermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { DialogBody } from '@backstage/ui';
import { lazy, Suspense } from 'react';
import type { DagName } from '../../../data/useDag';
import { useRefusal } from '../../../data/useMay';
import { Loading } from '../../../ui/feedback';
import { ActionButton, ActionFrame } from '../dialog';

const TriggerForm = lazy(() => import('./TriggerForm'));

/** Opens the form that starts a run of a DAG. */
export function TriggerButton({ dag }: { dag: DagName }) {
  const refusal = useRefusal(airflowDagTriggerPermission, dag);
  const loading = (
    <DialogBody>
      <Loading what="the form" rows={3} />
    </DialogBody>
  );
  return (
    <ActionButton
      kind="trigger-button"
      text="Trigger"
      variant="primary"
      shortcut="t"
      refusal={refusal}
      dialog={onClose => (
        <ActionFrame
          action="trigger"
          title={`Trigger ${dag.dagId} on ${dag.cluster}`}
          onClose={onClose}
        >
          <Suspense fallback={loading}>
            <TriggerForm dag={dag} onClose={onClose} />
          </Suspense>
        </ActionFrame>
      )}
    />
  );
}
