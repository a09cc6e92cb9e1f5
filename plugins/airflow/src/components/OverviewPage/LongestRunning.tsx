import type { DagRun } from '@airflow-fleet/backstage-plugin-airflow-common';
import { Link } from 'react-router-dom';
import { useAirflowPaths } from '../../hooks/useAirflowPaths';
import { ClusterName } from '../clusterName';
import { Table } from '../layout';
import { Elapsed, Moment } from '../time';

const columns = [
  { title: 'DAG' },
  { title: 'Cluster' },
  { title: 'Run' },
  { title: 'Started' },
  { title: 'Runs for', isNumber: true },
];

/** The runs that have been under way for the longest. */
export function LongestRunning(props: { runs: readonly DagRun[] }) {
  const paths = useAirflowPaths();
  return (
    <Table label="Running longest" columns={columns}>
      {props.runs.map(run => (
        <tr
          key={JSON.stringify([run.cluster, run.dagId, run.runId])}
          data-kind="running-row"
        >
          <td data-label="DAG" data-main>
            <Link to={paths.dag(run)}>{run.dagId}</Link>
          </td>
          <td data-label="Cluster">
            <ClusterName cluster={run.cluster} />
          </td>
          <td data-label="Run">
            <Link to={paths.run(run)}>{run.runId}</Link>
          </td>
          <td data-label="Started">
            {run.startedAt ? <Moment at={run.startedAt} /> : '–'}
          </td>
          <td data-label="Runs for" data-number>
            <Elapsed
              startedAt={run.startedAt}
              durationMs={run.durationMs}
              goesOn
            />
          </td>
        </tr>
      ))}
    </Table>
  );
}
