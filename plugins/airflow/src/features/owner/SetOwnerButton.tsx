import {
  airflowDagRefOf,
  airflowDagSetOwnerPermission,
  type Dag,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { ActionButton } from '../actions/dialog';
import { SetOwnerDialog } from './SetOwnerDialog';

/** Opens the dialog that sets who owns a DAG. */
export function SetOwnerButton({ dag }: { dag: Dag }) {
  const { allowed } = usePermission({
    permission: airflowDagSetOwnerPermission,
    resourceRef: airflowDagRefOf(dag),
  });
  if (!allowed) return null;
  return (
    <ActionButton
      kind="set-owner"
      text="Set owner"
      size="small"
      refusal={null}
      dialog={onClose => <SetOwnerDialog dag={dag} onClose={onClose} />}
    />
  );
}
