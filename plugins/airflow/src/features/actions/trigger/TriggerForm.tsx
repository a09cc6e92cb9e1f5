import type { DagDetails } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { DialogBody } from '@backstage/ui';
import { useNavigate } from 'react-router-dom';
import { useDagDetails, type DagName } from '../../../data/useDag';
import { useAction } from '../../../data/useAction';
import { useAirflowPaths } from '../../../ui/address/useAirflowPaths';
import { ErrorPanel, Loading } from '../../../ui/feedback';
import { ConfFields } from '../conf';
import { ActionForm } from '../dialog';
import { PausedRemark } from './PausedRemark';
import { RunFields } from './RunFields';
import { useTriggerValues } from './useTriggerValues';

/** Asks what a run shall be started with, starts it and opens it. */
export default function TriggerForm(props: {
  dag: DagName;
  onClose: () => void;
}) {
  const { dag, onClose } = props;
  const { data, error, isPending, refetch } = useDagDetails(dag);
  if (data) return <Fields dag={dag} params={data.params} onClose={onClose} />;
  return (
    <DialogBody>
      {isPending && <Loading what="params" rows={3} />}
      {error && (
        <ErrorPanel
          title="The params could not be loaded"
          error={error}
          onRetry={() => refetch()}
        />
      )}
    </DialogBody>
  );
}

function Fields(props: {
  dag: DagName;
  params: DagDetails['params'];
  onClose: () => void;
}) {
  const { dag, params, onClose } = props;
  const values = useTriggerValues(params);
  const { body } = values;
  const trigger = useAction(airflowEndpoints.triggerDag, {
    waitsForReading: true,
  });
  const navigate = useNavigate();
  const paths = useAirflowPaths();
  return (
    <ActionForm
      action="trigger"
      clusters={[dag.cluster]}
      verb="Trigger"
      isReady={body !== undefined}
      onConfirm={async reason => {
        if (!body) return null;
        const { runId } = await trigger.mutateAsync({
          params: { ...dag },
          query: {},
          body: { ...body, ...(reason && { reason }) },
        });
        // Its page tells how it goes.
        navigate(paths.run({ ...dag, runId }));
        return null;
      }}
      onClose={onClose}
    >
      <PausedRemark
        dag={dag}
        unpause={values.run.unpause}
        onChange={unpause => values.setRun({ unpause })}
      />
      <ConfFields dag={dag} values={values.conf} />
      <RunFields values={values} />
    </ActionForm>
  );
}
