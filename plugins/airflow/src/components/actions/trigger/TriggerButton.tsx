import { airflowDagTriggerPermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Button, DialogTrigger } from '@backstage/ui';
import { lazy, Suspense, useState } from 'react';
import type { DagName } from '../../../hooks/useDag';
import { useRefusal } from '../../../hooks/useMay';
import { Loading } from '../../feedback';
import { Dialog } from '../../layout';

const TriggerForm = lazy(() => import('./TriggerForm'));

/** Opens the form that starts a run of a DAG. */
export function TriggerButton({ dag }: { dag: DagName }) {
  const [isOpen, setIsOpen] = useState(false);
  const refusal = useRefusal(airflowDagTriggerPermission, dag);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <span title={refusal ?? undefined}>
        <Button
          variant="primary"
          isDisabled={refusal !== null}
          data-kind="trigger-button"
        >
          Trigger
        </Button>
      </span>
      <Dialog width={640} data-kind="trigger-dialog">
        <Suspense fallback={<Loading what="the form" rows={3} />}>
          <TriggerForm dag={dag} onDone={() => setIsOpen(false)} />
        </Suspense>
      </Dialog>
    </DialogTrigger>
  );
}
