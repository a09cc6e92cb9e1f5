import {
  airflowDagRefOf,
  airflowDagPausePermission,
} from '@airflow-fleet/backstage-plugin-airflow-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { Switch, Text } from '@backstage/ui';
import { useSetDagPaused } from '../../hooks/useActions';
import type { DagName } from '../../hooks/useDag';

/** Shows whether a DAG is in service, and changes it; what Airflow refuses is said beside it. */
export function PauseSwitch(props: {
  dag: DagName;
  paused: boolean;
  /** Set where the cluster is read-only in the portal. */
  isReadOnly?: boolean;
}) {
  const { dag, paused, isReadOnly = false } = props;
  const setPaused = useSetDagPaused(dag);
  const { allowed } = usePermission({
    permission: airflowDagPausePermission,
    resourceRef: airflowDagRefOf(dag),
  });
  const shown = setPaused.isPending ? setPaused.variables : paused;
  const word = shown ? 'paused' : 'active';
  return (
    <span data-kind="pause-switch" data-paused={shown}>
      <Switch
        label={word}
        aria-label={`${word}: ${dag.dagId}`}
        isSelected={!shown}
        isDisabled={!allowed || isReadOnly || setPaused.isPending}
        onChange={active => setPaused.mutate(!active)}
      />
      {setPaused.error && (
        <Text variant="body-small" color="danger" role="alert">
          {setPaused.error.message}
        </Text>
      )}
    </span>
  );
}
