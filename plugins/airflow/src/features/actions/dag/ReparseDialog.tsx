import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import type { DagName } from '../../../data/useDag';
import { useAction } from '../../../data/useAction';
import { ActionDialog, Says } from '../dialog';

/** Has the file of a DAG parsed before its turn. */
export function ReparseDialog(props: { name: DagName; onClose: () => void }) {
  const { name, onClose } = props;
  const { cluster, dagId } = name;
  const reparse = useAction(airflowEndpoints.reparseDag);
  return (
    <ActionDialog
      action="reparse"
      clusters={[cluster]}
      title={`Parse the file of ${dagId} again`}
      verb="Parse"
      onConfirm={async () => {
        await reparse.mutateAsync({
          params: { cluster, dagId },
          query: {},
          body: {},
        });
        return {
          title: `Airflow parses the file of ${dagId} next`,
          description: dagId,
          status: 'success',
        };
      }}
      onClose={onClose}
    >
      <Says>
        Airflow parses the file before its turn, usually within a minute. Other
        DAGs of the same file are read anew with it; nothing runs because of it.
      </Says>
    </ActionDialog>
  );
}
