import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { TextField } from '@backstage/ui';
import { useState } from 'react';
import type { DagName } from '../../../data/useDag';
import { useAction } from '../../../data/useAction';
import { useGone } from '../../../data/useGone';
import { ActionDialog, Says } from '../dialog';

/** Deletes all that Airflow knows of a DAG, once its id was typed. */
export function DeleteDagDialog(props: { name: DagName; onClose: () => void }) {
  const { name, onClose } = props;
  const { cluster, dagId } = name;
  const [confirm, setConfirm] = useState('');
  const isGone = useGone() !== undefined;
  const remove = useAction(airflowEndpoints.deleteDag);
  return (
    <ActionDialog
      action="delete-dag"
      clusters={[cluster]}
      title={`Delete ${dagId} on ${cluster}`}
      verb="Delete"
      isDangerous
      isReady={confirm === dagId}
      onConfirm={async reason => {
        await remove.mutateAsync({
          params: { cluster, dagId },
          query: {},
          body: { confirm, reason },
        });
        return {
          title: `Deleted ${dagId} in Airflow`,
          description: dagId,
          status: 'success',
        };
      }}
      onClose={onClose}
    >
      <Says>
        {isGone ? (
          <>
            Airflow lists the DAG no longer, but may keep its runs, task
            instances, XComs and notes, as when only its file was removed. They
            are gone from there for good.
          </>
        ) : (
          <>
            Every run, task instance, XCom and note of the DAG is gone from
            Airflow for good. The DAG itself comes back, empty, as long as its
            file is there.
          </>
        )}{' '}
        What the portal has stored of it stays until it is too old to be kept.
      </Says>
      <TextField
        label={`Type ${dagId} to delete it`}
        value={confirm}
        onChange={setConfirm}
        data-kind="delete-dag-confirm"
      />
    </ActionDialog>
  );
}
