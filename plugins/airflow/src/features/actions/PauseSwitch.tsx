import { airflowDagPausePermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { airflowEndpoints } from '@airflow-fleet/backstage-plugin-airflow-common/contract';
import { Switch, Text } from '@backstage/ui';
import type { DagName } from '../../data/useDag';
import { useAction } from '../../data/useAction';
import { useRefusal } from '../../data/useMay';

/** Shows whether a DAG is in service, and changes it; what Airflow refuses is said beside it. */
export function PauseSwitch(props: { dag: DagName; paused: boolean }) {
  const { dag, paused } = props;
  const { cluster, dagId } = dag;
  // What was chosen is shown until the DAG tells it itself.
  const setPaused = useAction(airflowEndpoints.setDagPaused, {
    waitsForReading: true,
  });
  const refusal = useRefusal(airflowDagPausePermission, dag);
  const chosen = setPaused.isPending
    ? setPaused.variables.body?.paused
    : undefined;
  const shown = chosen ?? paused;
  const word = shown ? 'paused' : 'active';
  return (
    <span
      title={refusal ?? undefined}
      data-kind="pause-switch"
      data-paused={shown}
    >
      <Switch
        label={word}
        aria-label={`${word}: ${dagId}`}
        isSelected={!shown}
        isDisabled={refusal !== null || setPaused.isPending}
        onChange={active =>
          setPaused.mutate({
            params: { cluster, dagId },
            query: {},
            body: { paused: !active },
          })
        }
      />
      {setPaused.error && (
        <Text variant="body-small" color="danger" role="alert">
          {setPaused.error.message}
        </Text>
      )}
    </span>
  );
}
