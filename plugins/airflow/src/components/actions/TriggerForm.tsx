import {
  newRunIdSchema,
  type DagDetails,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import {
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useTriggerDag } from '../../hooks/useActions';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { useDagDetails, type DagName } from '../../hooks/useDag';
import { ErrorPanel, Loading } from '../feedback';
import { defaultConf, paramType, readConf } from './conf';
import styles from './TriggerForm.module.css';

/** Asks what a run shall be started with, starts it and opens it. */
export function TriggerForm(props: { dag: DagName; onDone: () => void }) {
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

function runIdError(runId: string): string | undefined {
  return runId === '' || newRunIdSchema.safeParse(runId).success
    ? undefined
    : 'Letters, digits and _ . ~ : + - only, at most 250';
}

function Fields(props: {
  dag: DagName;
  params: DagDetails['params'];
  onDone: () => void;
}) {
  const { dag, params, onDone } = props;
  const [confText, setConfText] = useState(() => defaultConf(params));
  const [runId, setRunId] = useState('');
  const [note, setNote] = useState('');
  const trigger = useTriggerDag(dag);
  const navigate = useNavigate();
  const paths = useAirflowPaths();

  const read = readConf(confText);
  const idError = runIdError(runId);
  const submit = async () => {
    if ('error' in read || idError) return;
    const run = await trigger.mutateAsync({
      conf: read.conf,
      ...(runId && { runId }),
      ...(note && { note }),
    });
    onDone();
    navigate(paths.run({ ...dag, runId: run.runId }));
  };
  return (
    <>
      <DialogBody>
        <Flex direction="column" gap="3">
          <ParamList params={params} />
          <TextAreaField
            label="Configuration (JSON)"
            value={confText}
            onChange={setConfText}
            rows={8}
            isInvalid={'error' in read}
            className={styles.conf}
            data-kind="trigger-conf"
          />
          {'error' in read && (
            <Text color="danger" variant="body-small" role="alert">
              {read.error}
            </Text>
          )}
          <TextField
            label="Run id"
            placeholder="chosen by Airflow"
            value={runId}
            onChange={setRunId}
            isInvalid={idError !== undefined}
            data-kind="trigger-run-id"
          />
          {idError && (
            <Text color="danger" variant="body-small" role="alert">
              {idError}
            </Text>
          )}
          <TextField
            label="Note"
            value={note}
            onChange={setNote}
            maxLength={1000}
          />
          {trigger.error && (
            <ErrorPanel
              title="Airflow did not start it"
              error={trigger.error}
            />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" slot="close">
          Cancel
        </Button>
        <Button
          variant="primary"
          isPending={trigger.isPending}
          isDisabled={'error' in read || idError !== undefined}
          onPress={() => submit().catch(() => undefined)}
          data-kind="trigger-submit"
        >
          Trigger
        </Button>
      </DialogFooter>
    </>
  );
}

function ParamList({ params }: { params: DagDetails['params'] }) {
  if (params.length === 0) return null;
  return (
    <dl className={styles.params} aria-label="Params">
      {params.map(param => (
        <div key={param.name}>
          <dt>
            <code>{param.name}</code> {paramType(param)}
          </dt>
          <dd>{param.description}</dd>
        </div>
      ))}
    </dl>
  );
}
