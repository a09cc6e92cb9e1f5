import {
  airflowEndpoints,
  type DagDetails,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { Button, DialogBody, DialogFooter, DialogHeader } from '@backstage/ui';
import { useNavigate } from 'react-router-dom';
import { useAirflowPaths } from '../../../hooks/useAirflowPaths';
import { useDagDetails, type DagName } from '../../../hooks/useDag';
import { useDeed } from '../../../hooks/useDeed';
import { ErrorPanel, Loading } from '../../feedback';
import { ConfFields } from '../conf';
import { PausedRemark } from './PausedRemark';
import { RunFields } from './RunFields';
import styles from './TriggerForm.module.css';
import { useTriggerValues } from './useTriggerValues';

/** Asks what a run shall be started with, starts it and opens it. */
export default function TriggerForm(props: {
  dag: DagName;
  onDone: () => void;
}) {
  const { dag, onDone } = props;
  const details = useDagDetails(dag);
  return (
    <>
      <DialogHeader>{`Trigger ${dag.dagId} on ${dag.cluster}`}</DialogHeader>
      {details.isPending && (
        <DialogBody>
          <Loading what="params" rows={3} />
        </DialogBody>
      )}
      {details.error && !details.data && (
        <DialogBody>
          <ErrorPanel
            title="The params could not be loaded"
            error={details.error}
            onRetry={() => details.refetch()}
          />
        </DialogBody>
      )}
      {details.data && (
        <Fields dag={dag} params={details.data.params} onDone={onDone} />
      )}
    </>
  );
}

function Fields(props: {
  dag: DagName;
  params: DagDetails['params'];
  onDone: () => void;
}) {
  const { dag, params, onDone } = props;
  const values = useTriggerValues(params);
  const trigger = useDeed(airflowEndpoints.triggerDag, {
    waitsForReading: true,
  });
  const navigate = useNavigate();
  const paths = useAirflowPaths();
  const submit = async () => {
    if (!values.body) return;
    const run = await trigger.mutateAsync({
      params: { ...dag },
      query: {},
      body: values.body,
    });
    onDone();
    navigate(paths.run({ ...dag, runId: run.runId }));
  };
  return (
    <>
      <DialogBody>
        <div className={styles.form}>
          <PausedRemark
            dag={dag}
            unpause={values.run.unpause}
            onChange={unpause => values.setRun({ unpause })}
          />
          <ConfFields dag={dag} values={values.conf} />
          <RunFields values={values} />
          {trigger.error && (
            <ErrorPanel
              title="Airflow did not start it"
              error={trigger.error}
            />
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        <Button
          variant="primary"
          isPending={trigger.isPending}
          isDisabled={values.body === undefined}
          onPress={() => submit().catch(() => undefined)}
          data-kind="trigger-submit"
        >
          Trigger
        </Button>
      </DialogFooter>
    </>
  );
}
