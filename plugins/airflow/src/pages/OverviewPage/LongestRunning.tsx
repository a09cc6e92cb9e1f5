import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../ui/address/useAirflowPaths';
import { ClusterName } from '../../ui/clusterName';
import { runTookColumn, startedColumn } from '../../ui/columns';
import { Table } from '../../ui/layout';
import { RunLink } from '../../ui/run';

/** The runs that have been under way for the longest. */
export function LongestRunning(props: { runs: readonly DagRun[] }) {
  const paths = useAirflowPaths();
  return (
    <Table
      label="Running longest"
      kind="running-row"
      rows={props.runs}
      keyOf={({ cluster, dagId, runId }) =>
        JSON.stringify([cluster, dagId, runId])
      }
      columns={[
        {
          title: 'DAG',
          isMain: true,
          cell: run => <Link to={paths.dag(run)}>{run.dagId}</Link>,
        },
        {
          title: 'Cluster',
          cell: ({ cluster }) => <ClusterName cluster={cluster} />,
        },
        {
          title: 'Run',
          cell: run => <RunLink run={run} />,
        },
        startedColumn,
        { ...runTookColumn, title: 'Runs for' },
      ]}
    />
  );
}
