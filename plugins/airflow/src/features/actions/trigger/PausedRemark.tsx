import { airflowDagPausePermission } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Checkbox, Flex, Text } from '@backstage/ui';
import { useDag, type DagName } from '../../../data/useDag';
import { useRefusal } from '../../../data/useMay';

/** Says of a DAG that is paused that its run will wait, and offers to take it into service. */
export function PausedRemark(props: {
  dag: DagName;
  unpause: boolean;
  onChange: (unpause: boolean) => void;
}) {
  const { dag, unpause, onChange } = props;
  const paused = useDag(dag).data?.paused ?? false;
  const refusal = useRefusal(airflowDagPausePermission, dag);
  if (!paused) return null;
  return (
    <Flex direction="column" gap="2" data-kind="trigger-paused">
      <Text color="warning" role="status">
        ⏸ This DAG is paused: the run will wait until it is unpaused.
      </Text>
      <Checkbox
        isSelected={unpause}
        isDisabled={refusal !== null}
        onChange={onChange}
      >
        {refusal === null
          ? 'Unpause the DAG too, so that its schedule resumes'
          : `Unpause the DAG too: ${refusal}`}
      </Checkbox>
    </Flex>
  );
}
