import {
  airflowDagRefOf,
  airflowDagSetOwnerPermission,
  type Dag,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, DialogHeader, DialogTrigger } from '@backstage/ui';
import { useState } from 'react';
import { Dialog } from '../layout';
import { SetOwnerForm } from './SetOwnerForm';

/** Opens the form that sets who owns a DAG. */
export function SetOwnerButton({ dag }: { dag: Dag }) {
  const [isOpen, setIsOpen] = useState(false);
  const { allowed } = usePermission({
    permission: airflowDagSetOwnerPermission,
    resourceRef: airflowDagRefOf(dag),
  });
  if (!allowed) return null;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button variant="secondary" size="small" data-kind="set-owner">
        Set owner
      </Button>
      <Dialog width={560} data-kind="set-owner-dialog">
        <DialogHeader>{`Who owns ${dag.displayName}?`}</DialogHeader>
        <SetOwnerForm dag={dag} onDone={() => setIsOpen(false)} />
      </Dialog>
    </DialogTrigger>
  );
}
