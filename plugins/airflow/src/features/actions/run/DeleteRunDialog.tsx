import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { useAction } from '../../../data/useAction';
import type { RunName } from '../../../data/useRuns';
import { ActionDialog, Says } from '../dialog';

/** Deletes a run in Airflow. */
export function DeleteRunDialog(props: {
  name: RunName;
  onClose: () => void;
  onDeleted?: () => void;
}) {
  const { name, onClose, onDeleted } = props;
  const { cluster, dagId, runId } = name;
  const remove = useAction(airflowEndpoints.deleteRun);
  return (
    <ActionDialog
      action="delete-run"
      clusters={[cluster]}
      title={`Delete ${runId} of ${dagId} on ${cluster}`}
      verb="Delete"
      isDangerous
      onConfirm={async reason => {
        await remove.mutateAsync({
          params: { cluster, dagId, runId },
          query: {},
          body: { reason },
        });
        onDeleted?.();
        return {
          title: `Deleted ${runId}`,
          description: dagId,
          status: 'success',
        };
      }}
      onClose={onClose}
    >
      <Says>
        The run, its task instances, XComs and notes are gone from Airflow for
        good. A scheduled run does not come back by itself.
      </Says>
    </ActionDialog>
  );
}
