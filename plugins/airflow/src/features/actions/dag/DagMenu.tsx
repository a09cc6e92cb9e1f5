import {
  airflowDagDeletePermission,
  airflowDagReparsePermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { useClusterOf } from '../../../data/useClusters';
import type { DagName } from '../../../data/useDag';
import { useRefusal } from '../../../data/useMay';
import { ActionMenu } from '../dialog';
import { DeleteDagDialog } from './DeleteDagDialog';
import { ReparseDialog } from './ReparseDialog';

/** What can be done to a DAG as a whole, beside pausing and triggering it. */
export function DagMenu({ name }: { name: DagName }) {
  const notReparse = useRefusal(airflowDagReparsePermission, name);
  // Of a DAG whose file was removed, Airflow keeps everything until somebody deletes it.
  const notDelete = useRefusal(airflowDagDeletePermission, name, {
    evenGone: true,
  });
  const canReparse =
    useClusterOf(name)?.capabilities.includes('reparse') ?? true;
  return (
    <ActionMenu
      kind="dag-menu"
      of={name.dagId}
      actions={[
        {
          id: 'reparse',
          text: 'Reparse its file…',
          refusal: canReparse
            ? notReparse
            : 'This Airflow takes no such request',
          dialog: onClose => <ReparseDialog name={name} onClose={onClose} />,
        },
        {
          id: 'delete',
          text: 'Delete in Airflow…',
          refusal: notDelete,
          dialog: onClose => <DeleteDagDialog name={name} onClose={onClose} />,
        },
      ]}
    />
  );
}
