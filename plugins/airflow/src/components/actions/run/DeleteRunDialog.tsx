import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common';
import { useDeed } from '../../../hooks/useDeed';
import type { RunName } from '../../../hooks/useRuns';
import { DeedDialog, Says } from '../deed';

/** Deletes a run in Airflow. */
export function DeleteRunDialog(props: {
  name: RunName;
  onClose: () => void;
  onDeleted?: () => void;
}) {
  const { name, onClose, onDeleted } = props;
  const { cluster, dagId, runId } = name;
  const remove = useDeed(airflowEndpoints.deleteRun);
  return (
    <DeedDialog
      kind="delete-run"
      name={name}
      title={`Delete ${runId} of ${dagId} on ${cluster}`}
      verb="Delete"
      isDangerous
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={async reason => {
        await remove.mutateAsync({
          params: { cluster, dagId, runId },
          query: {},
          body: { reason },
        });
        onDeleted?.();
        return `Deleted ${runId}`;
      }}
      onClose={onClose}
    >
      <Says>
        The run, its task instances, XComs and notes are gone from Airflow for
        good. A scheduled run does not come back by itself.
      </Says>
    </DeedDialog>
  );
}
