import {
  airflowDagRefOf,
  airflowDagTriggerPermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, DialogTrigger } from '@backstage/ui';
import { lazy, Suspense, useState } from 'react';
import type { DagName } from '../../../hooks/useDag';
import { Loading } from '../../feedback';
import { Dialog } from '../../layout';

const TriggerForm = lazy(() => import('./TriggerForm'));

/** Opens the form that starts a run of a DAG. */
export function TriggerButton(props: { dag: DagName; isReadOnly?: boolean }) {
  const { dag, isReadOnly = false } = props;
  const [isOpen, setIsOpen] = useState(false);
  const { allowed } = usePermission({
    permission: airflowDagTriggerPermission,
    resourceRef: airflowDagRefOf(dag),
  });
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button
        variant="primary"
        isDisabled={!allowed || isReadOnly}
        data-kind="trigger-button"
      >
        Trigger
      </Button>
      <Dialog width={640} data-kind="trigger-dialog">
        <Suspense fallback={<Loading what="the form" rows={3} />}>
          <TriggerForm dag={dag} onDone={() => setIsOpen(false)} />
        </Suspense>
      </Dialog>
    </DialogTrigger>
  );
}
