import type { RunWait } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Text } from '@backstage/ui';
import { Fragment } from 'react';
import { Link } from 'react-router-dom';
import type { DagName } from '../../data/useDag';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';

/** Why a run is queued and does not start. */
export function Waits(props: { dag: DagName; waits: readonly RunWait[] }) {
  const { dag, waits } = props;
  return waits.map(wait => (
    <Text as="p" color="warning" key={wait.kind} data-kind="run-wait">
      {wait.kind === 'paused' ? (
        '⏸ It waits: its DAG is paused.'
      ) : (
        <>
          {`⏸ It waits: max_active_runs, ${wait.underWay} of ${wait.limit} under way: `}
          <RunLinks dag={dag} runIds={wait.runIds} />
          {wait.underWay > wait.runIds.length && ', …'}
        </>
      )}
    </Text>
  ));
}

function RunLinks({ dag, runIds }: { dag: DagName; runIds: string[] }) {
  const paths = useAirflowPaths();
  return runIds.map((runId, index) => (
    <Fragment key={runId}>
      {index > 0 && ', '}
      <Link to={paths.run({ ...dag, runId })}>{runId}</Link>
    </Fragment>
  ));
}
